package dev.agw.downstream;

import dev.agw.http.TrustedProxies;
import java.net.InetSocketAddress;

/// Whether connections begin with a header of the PROXY protocol, which says who is behind the proxy in front.
///
/// @param proxies whose header is believed; nobody else's is looked for
public record ProxyProtocol(Mode mode, TrustedProxies proxies) {
    /// No connection begins with one.
    public static final ProxyProtocol NONE = new ProxyProtocol(Mode.OFF, TrustedProxies.NONE);

    /// Who has to send a header.
    public enum Mode {
        /// Nobody may.
        OFF,
        /// Trusted proxies may.
        OPTIONAL,
        /// Everybody must, and only trusted proxies can.
        REQUIRED
    }

    boolean required() {
        return mode == Mode.REQUIRED;
    }

    boolean mayIntroduce(InetSocketAddress peer) {
        return mode != Mode.OFF && proxies.trusts(peer);
    }
}
