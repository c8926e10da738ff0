package dev.agw.cli.load;

import dev.agw.http.HeadLimits;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.Origin;
import dev.agw.upstream.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where chat completions are asked for.
///
/// @param url complete: scheme, host and path
public record ChatUrl(URI url) {
    private static final String PATH = "/chat/completions";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// Reads `http://host:port`, the base URL that clients of OpenAI's API have (`.../v1`), or the whole URL.
    ///
    /// @throws LoadException it is none
    public static ChatUrl of(String text) {
        URI url = parsed(text);
        String path = url.getRawPath();
        if (path.isEmpty() || path.equals("/")) {
            return new ChatUrl(url.resolve("/v1" + PATH));
        }
        if (path.contains("/mcp")) {
            throw LoadException.wrong("load for MCP is not there yet: agw bench asks for chat completions");
        }
        return new ChatUrl(path.endsWith("/v1") ? url.resolve(path + PATH) : url);
    }

    private static URI parsed(String text) {
        try {
            URI url = URI.create(text);
            String scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException unreadable) {
            // said below
        }
        throw LoadException.wrong("expected a URL such as http://localhost:8080/v1, found \"" + text + "\"");
    }

    /// How connections are made: as many as `concurrency`.
    Origin origin(int concurrency) {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP;
        Optional<TlsSettings> tls = secure ? Optional.of(TlsSettings.DEFAULT) : Optional.empty();
        return new Origin(url.getHost(), port, tls, settings(concurrency));
    }

    private static ConnectionSettings settings(int concurrency) {
        ConnectionSettings.Pool pool = new ConnectionSettings.Pool(
                concurrency, concurrency, concurrency, 0, Duration.ofSeconds(30), Duration.ofMinutes(10));
        return new ConnectionSettings(ConnectionSettings.Timeouts.DEFAULT, pool, Optional.empty(), HeadLimits.RESPONSE);
    }

    String authority() {
        return url.getRawAuthority();
    }

    /// Path and query.
    String target() {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
