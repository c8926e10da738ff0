package dev.agw.exchange;

import dev.agw.http.Body;
import dev.agw.http.Headers;
import java.net.InetSocketAddress;
import java.util.Optional;

/// One request as its listener received it, whatever HTTP version carried it.
///
/// @param method in upper case as it came: methods are case-sensitive (RFC 9110 §9.1)
/// @param path the raw path of the request target, percent-encoding untouched, starting with `/` (or `*` for OPTIONS)
/// @param query what stands behind `?`, raw, without it; empty if there is none
/// @param authority host and port as `Host` or `:authority` names them; may be empty for HTTP/1.0
/// @param scheme `http` or `https`, from the connection, never from the client's words
/// @param version `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`
/// @param headers as they came, hop-by-hop fields included
/// @param body read at most once
/// @param peer the address of the other end of the connection
/// @param securedFor hostname of the listener that shook hands, as it is configured: empty text for all hosts; empty
/// for plain text
public record Request(
        String method,
        String path,
        String query,
        String authority,
        String scheme,
        String version,
        Headers headers,
        Body body,
        InetSocketAddress peer,
        Optional<String> securedFor) {

    /// A request that no TLS listener took.
    public Request(
            String method,
            String path,
            String query,
            String authority,
            String scheme,
            String version,
            Headers headers,
            Body body,
            InetSocketAddress peer) {
        this(method, path, query, authority, scheme, version, headers, body, peer, Optional.empty());
    }

    /// The same by way of a TLS listener.
    ///
    /// @param hostname of the listener
    public Request securedFor(String hostname) {
        Optional<String> secured = Optional.of(hostname);
        return new Request(method, path, query, authority, scheme, version, headers, body, peer, secured);
    }

    /// The authority without its port and the dot that may end a name, in lower case: what hostnames of routes and
    /// listeners are matched against. Both must take one name for the same, or one could be passed by.
    public String host() {
        int end = authority.length();
        int colon = authority.lastIndexOf(':');
        if (colon >= 0 && colon > authority.lastIndexOf(']')) {
            end = colon;
        }
        boolean rooted = end > 1 && authority.charAt(end - 1) == '.';
        return lowerCase(authority, rooted ? end - 1 : end);
    }

    /// Path and query as one request target.
    public String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /// The same, served as the first of an HTTP/2 connection.
    public Request asHttp2() {
        return new Request(method, path, query, authority, scheme, "HTTP/2", headers, Body.EMPTY, peer, securedFor);
    }

    /// A request that differs in its target alone.
    public Request withTarget(String newPath, String newQuery) {
        return new Request(method, newPath, newQuery, authority, scheme, version, headers, body, peer, securedFor);
    }

    /// A request that differs in its authority alone.
    public Request withAuthority(String newAuthority) {
        return new Request(method, path, query, newAuthority, scheme, version, headers, body, peer, securedFor);
    }

    /// A request that differs in its header fields alone.
    public Request withHeaders(Headers newHeaders) {
        return new Request(method, path, query, authority, scheme, version, newHeaders, body, peer, securedFor);
    }

    /// A request that differs in its body alone.
    public Request withBody(Body newBody) {
        return new Request(method, path, query, authority, scheme, version, headers, newBody, peer, securedFor);
    }

    private static String lowerCase(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return text.substring(0, end).toLowerCase(java.util.Locale.ROOT);
            }
        }
        return end == text.length() ? text : text.substring(0, end);
    }
}
