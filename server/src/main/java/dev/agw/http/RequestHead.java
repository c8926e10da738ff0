package dev.agw.http;

/// The head of an HTTP/1 request, already checked.
///
/// @param method in its own case
/// @param path of the target: starts with `/`, or is `*`; percent-encoding untouched
/// @param query behind `?`, without it; empty if there is none
/// @param authority of an absolute target, else of `Host`; empty for HTTP/1.0 without either
/// @param minor 0 for HTTP/1.0, 1 for HTTP/1.1
public record RequestHead(String method, String path, String query, String authority, int minor, Headers headers) {
    public String version() {
        return minor == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }
}
