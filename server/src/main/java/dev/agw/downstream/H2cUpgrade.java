package dev.agw.downstream;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.RequestHead;
import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.Settings;
import java.util.Base64;
import java.util.Optional;

/// The way from HTTP/1.1 to HTTP/2 without TLS (RFC 7540 §3.2).
final class H2cUpgrade {
    static final String ANSWER = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    private static final HeaderName SETTINGS = HeaderName.of("HTTP2-Settings");

    private H2cUpgrade() {}

    /// The settings that the client sends along; empty if it does not ask, or not as it should: it is served HTTP/1.1.
    static Optional<Settings> asked(RequestHead head) {
        Headers headers = head.headers();
        boolean asks = head.minor() == 1
                && headers.hasToken(HeaderName.UPGRADE, "h2c")
                && headers.hasToken(HeaderName.CONNECTION, "Upgrade")
                && headers.hasToken(HeaderName.CONNECTION, "HTTP2-Settings")
                && headers.count(SETTINGS) == 1;
        return asks ? settings(headers.first(SETTINGS).orElse("")) : Optional.empty();
    }

    private static Optional<Settings> settings(String coded) {
        try {
            return Optional.of(Settings.INITIAL.with(Base64.getUrlDecoder().decode(coded)));
        } catch (IllegalArgumentException | ConnectionErrorException unreadable) {
            return Optional.empty();
        }
    }
}
