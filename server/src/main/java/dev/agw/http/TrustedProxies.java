package dev.agw.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// The proxies in front that are believed what they say about their clients.
///
/// @param networks where they are; none by default
public record TrustedProxies(List<Network> networks) {
    /// Nobody is believed.
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /// Whether the one at `address` is believed.
    public boolean trusts(InetSocketAddress address) {
        return !networks.isEmpty() && address.getAddress() != null && trusts(address.getAddress());
    }

    /// Where a request comes from: `peer`, or the last address in X-Forwarded-For that no trusted proxy has. What
    /// stands before that one may be invented by whoever sent it.
    public InetSocketAddress client(InetSocketAddress peer, Headers headers) {
        InetSocketAddress client = peer;
        List<String> lines = headers.all(HeaderName.X_FORWARDED_FOR);
        for (int line = lines.size() - 1; line >= 0; line--) {
            String list = lines.get(line);
            for (int end = list.length(); end >= 0 && trusts(client); ) {
                int comma = list.lastIndexOf(',', end - 1);
                String hop = list.substring(comma + 1, end).strip();
                var named = IpLiteral.beforePort(hop);
                if (named.isEmpty()) {
                    return client;
                }
                client = new InetSocketAddress(named.get(), 0);
                end = comma;
            }
        }
        return client;
    }

    private boolean trusts(InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
