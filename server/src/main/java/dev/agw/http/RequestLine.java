package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Reads the first line of a request, and what depends on it: the target's form and the authority (RFC 9112 §3).
final class RequestLine {
    private static final int LONGEST_METHOD = 32;

    private final byte[] head;
    private final HeadLimits limits;

    RequestLine(byte[] head, HeadLimits limits) {
        this.head = head;
        this.limits = limits;
    }

    RequestHead parse(Headers fields) throws MalformedMessageException {
        int methodEnd = methodEnd();
        int targetEnd = targetEnd(methodEnd + 1);
        int minor = minor(targetEnd + 1);
        String method = Methods.name(head, methodEnd);
        if (method.equals("CONNECT")) { // whatever its target: a backend that takes it for one would open a tunnel
            throw new MalformedMessageException(405, "CONNECT is not served here");
        }
        String target = text(methodEnd + 1, targetEnd);
        String host = host(fields, minor);
        if (target.charAt(0) == '/') {
            return origin(method, target, host, minor, fields);
        }
        if (target.equals("*") && method.equals("OPTIONS")) {
            return new RequestHead(method, "*", "", host, minor, fields);
        }
        return absolute(method, target, minor, fields);
    }

    private int methodEnd() throws MalformedMessageException {
        int at = 0;
        while (isMethodCharacter(head[at])) {
            at++;
        }
        if (at == 0 || at > LONGEST_METHOD || head[at] != ' ') {
            throw bad("the request line has no valid method");
        }
        return at;
    }

    /// Methods are case-sensitive, yet not every backend minds: `get` could pass a rule for GET.
    private static boolean isMethodCharacter(byte b) {
        return FieldLines.isToken(b) && (b < 'a' || b > 'z');
    }

    private int targetEnd(int start) throws MalformedMessageException {
        int at = start;
        while (head[at] > ' ' && head[at] < 0x7F && head[at] != '#') {
            at++;
        }
        if (at == start || head[at] != ' ') {
            throw bad("the request target holds a character that must be percent-encoded");
        }
        if (at - start > limits.target()) {
            throw new MalformedMessageException(414, "the request target is longer than " + limits.target() + " bytes");
        }
        return at;
    }

    private int minor(int start) throws MalformedMessageException {
        int end = FieldLines.lineEnd(head, start);
        String version = text(start, end);
        return switch (version) {
            case "HTTP/1.1" -> 1;
            case "HTTP/1.0" -> 0;
            default ->
                throw new MalformedMessageException(
                        version.matches("HTTP/[0-9]\\.[0-9]") ? 505 : 400, "the HTTP version is neither 1.1 nor 1.0");
        };
    }

    private static RequestHead origin(String method, String target, String host, int minor, Headers fields) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return new RequestHead(method, path, query, host, minor, fields);
    }

    /// `http://host/path`: the authority of the target replaces `Host`. It names a virtual host and never a
    /// destination.
    private static RequestHead absolute(String method, String target, int minor, Headers fields)
            throws MalformedMessageException {
        String lower = target.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (start < 0) {
            throw bad("the request target does not start with /");
        }
        int end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String authority = checkedHost(target.substring(start, end));
        String rest = target.substring(end);
        return origin(method, rest.startsWith("/") ? rest : "/" + rest, authority, minor, fields);
    }

    private static String host(Headers fields, int minor) throws MalformedMessageException {
        Optional<String> host = fields.first(HeaderName.HOST);
        if (host.isEmpty()) {
            if (minor == 0) {
                return "";
            }
            throw bad("the Host field is missing");
        }
        if (fields.count(HeaderName.HOST) > 1) {
            throw bad("there is more than one Host field");
        }
        return checkedHost(host.get());
    }

    private static String checkedHost(String host) throws MalformedMessageException {
        if (!Authority.valid(host)) {
            throw bad("the host is not a name or address with a port or without");
        }
        return host;
    }

    private String text(int start, int end) {
        return new String(head, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static MalformedMessageException bad(String message) {
        return new MalformedMessageException(400, message);
    }
}
