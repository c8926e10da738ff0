package dev.agw.cli.load;

import dev.agw.http.HeadLimits;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.Origin;
import dev.agw.upstream.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where load goes.
///
/// @param url complete: scheme, host and path
public record LoadUrl(URI url) {
    private static final String PATH = "/chat/completions";
    private static final String MCP = "/mcp";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// Where chat completions are asked for: `http://host:port`, the base URL that clients of OpenAI's API have
    /// (`.../v1`), or the whole URL.
    ///
    /// @throws LoadException it is none
    public static LoadUrl chat(String text) {
        URI url = parsed(text);
        String path = url.getRawPath();
        if (path.isEmpty() || path.equals("/")) {
            return new LoadUrl(url.resolve("/v1" + PATH));
        }
        return new LoadUrl(path.endsWith("/v1") ? url.resolve(path + PATH) : url);
    }

    /// Where an MCP server is: the whole URL, or `http://host:port` for `/mcp` there.
    ///
    /// @throws LoadException it is none
    public static LoadUrl mcp(String text) {
        URI url = parsed(text);
        String path = url.getRawPath();
        return new LoadUrl(path.isEmpty() || path.equals("/") ? url.resolve(MCP) : url);
    }

    /// Whether somebody means an MCP server by that URL.
    public static boolean looksLikeMcp(String text) {
        return text.endsWith(MCP);
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
