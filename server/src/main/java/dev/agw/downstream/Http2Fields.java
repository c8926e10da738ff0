package dev.agw.downstream;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Request;
import dev.agw.http.Authority;
import dev.agw.http.Body;
import dev.agw.http.HeadLimits;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.HeaderField;
import dev.agw.http2.HpackDecoder;
import dev.agw.http2.StreamErrorException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The fields of one header block of a client, checked (RFC 9113 §8.2, §8.3). What is wrong is noted and told
/// afterwards: a block must be decoded to its end.
final class Http2Fields implements HpackDecoder.Fields {
    private static final HeaderName COOKIE = HeaderName.of("Cookie");
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");
    private static final int LONGEST_METHOD = 32;

    private final HeadLimits limits;
    private final Headers headers = new Headers();
    private final StringBuilder cookies = new StringBuilder();
    private String method = "";
    private String scheme = "";
    private String path = "";
    private String authority = "";
    private boolean regularBegun;
    private boolean pseudo;
    private int size;
    private int count;
    private String fault = "";

    Http2Fields(HeadLimits limits) {
        this.limits = limits;
    }

    @Override
    public void field(HeaderField field) {
        size += field.size();
        count++;
        if (tooLarge()) {
            return;
        }
        if (field.name().startsWith(":")) {
            pseudo(field);
        } else {
            regularBegun = true;
            regular(field.name(), field.value());
        }
    }

    private void pseudo(HeaderField field) {
        pseudo = true;
        if (regularBegun) {
            fault("a pseudo-header stands behind a field");
        }
        switch (field.name()) {
            case ":method" -> method = once(method, field);
            case ":scheme" -> scheme = once(scheme, field);
            case ":path" -> path = once(path, field);
            case ":authority" -> authority = once(authority, field);
            default -> fault("a pseudo-header that requests do not have");
        }
    }

    private String once(String before, HeaderField field) {
        if (!before.isEmpty() || field.value().isEmpty()) {
            fault(field.name() + " is empty or there twice");
        }
        return field.value();
    }

    private void regular(String name, String value) {
        if (!HeaderField.validName(name) || !validValue(value)) {
            fault("a field with characters that it may not have");
        } else if (OF_CONNECTION.contains(name)) {
            fault("a field that HTTP/2 does not have");
        } else if (name.equals("te") && !value.equals("trailers")) {
            fault("a TE other than trailers");
        } else if (name.equals("cookie")) {
            cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
        } else {
            headers.add(name, value);
        }
    }

    private static boolean validValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
            }
        }
        return value.equals(value.strip());
    }

    private void fault(String what) {
        fault = what;
    }

    /// Whether fields were left out, because they are too many or too long.
    boolean tooLarge() {
        return tooLong() || tooMany();
    }

    private boolean tooLong() {
        return size > limits.bytes() + 32 * limits.fields();
    }

    private boolean tooMany() {
        return count > limits.fields() + 4;
    }

    /// Trailers, which have no pseudo-headers.
    Headers trailers(int stream) throws StreamErrorException {
        if (pseudo || !fault.isEmpty()) {
            throw malformed(stream, pseudo ? "trailers with a pseudo-header" : fault);
        }
        return headers;
    }

    /// @throws StreamErrorException the request is malformed
    void check(int stream) throws StreamErrorException {
        if (!fault.isEmpty()) {
            throw malformed(stream, fault);
        }
        boolean whole = !path.isEmpty() && !scheme.isEmpty();
        if (method.isEmpty() || (!method.equals("CONNECT") && !whole)) {
            throw malformed(stream, "a request without method, scheme or path");
        }
        if (!validTarget() || !oneHost() || !HeaderField.validName(method.toLowerCase(Locale.ROOT))) {
            throw malformed(stream, "a method, a path or a host that cannot be");
        }
        if (!cookies.isEmpty()) {
            headers.add(COOKIE, cookies.toString());
        }
        if (authority.isEmpty()) {
            authority = headers.first(HeaderName.HOST).orElse("");
        } else {
            headers.set(HeaderName.HOST, authority);
        }
    }

    private boolean validTarget() {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                return false;
            }
        }
        return path.isEmpty() || path.charAt(0) == '/' || (path.equals("*") && method.equals("OPTIONS"));
    }

    private boolean oneHost() {
        boolean same = authority.isEmpty()
                || headers.all(HeaderName.HOST).stream().allMatch(host -> host.equalsIgnoreCase(authority));
        return same && headers.count(HeaderName.HOST) <= 1;
    }

    private static StreamErrorException malformed(int stream, String what) {
        return new StreamErrorException(stream, ErrorCode.PROTOCOL_ERROR, what);
    }

    /// The length that Content-Length announces; -1 if it is not there.
    long length(int stream) throws StreamErrorException {
        if (!headers.has(HeaderName.CONTENT_LENGTH)) {
            return -1;
        }
        String value = headers.first(HeaderName.CONTENT_LENGTH).orElse("");
        boolean number =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || headers.count(HeaderName.CONTENT_LENGTH) > 1) {
            throw malformed(stream, "a Content-Length that is no number");
        }
        return Long.parseLong(value);
    }

    /// What refuses a request that is no fault of framing, by the rules of HTTP/1; empty to serve it.
    Optional<Failure> refusal() {
        if (tooMany()) {
            return Optional.of(new Failure.TooManyFields("there are more than " + limits.fields() + " header fields"));
        }
        if (tooLong()) {
            return refusal(431, "the header fields are longer than " + limits.bytes() + " bytes");
        }
        if (method.equals("CONNECT")) {
            return refusal(405, "CONNECT is not served here");
        }
        if (method.length() > LONGEST_METHOD || !method.equals(method.toUpperCase(Locale.ROOT))) {
            return refusal(400, "the method is longer than " + LONGEST_METHOD + " characters or in lower case");
        }
        if (!Authority.valid(authority)) {
            return refusal(400, "the host is not a name or address with a port or without");
        }
        return path.length() > limits.target()
                ? refusal(414, "the request target is longer than " + limits.target() + " bytes")
                : Optional.empty();
    }

    /// The request that the fields make, once they are checked.
    Request request(Body body, Arrival arrival) {
        return new Request(
                method,
                path(),
                query(),
                authority,
                arrival.scheme(),
                "HTTP/2",
                headers,
                body,
                arrival.peer(),
                arrival.securedFor());
    }

    private static Optional<Failure> refusal(int status, String message) {
        return Optional.of(new Failure.BadRequest(status, message));
    }

    String method() {
        return method;
    }

    private String path() {
        int question = path.indexOf('?');
        return question < 0 ? path : path.substring(0, question);
    }

    private String query() {
        int question = path.indexOf('?');
        return question < 0 ? "" : path.substring(question + 1);
    }

    Headers headers() {
        return headers;
    }
}
