package dev.agw.upstream;

import dev.agw.http.HeadLimits;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http2.HeaderField;
import dev.agw.http2.HpackDecoder;
import dev.agw.http2.HpackEncoder;
import java.util.Locale;
import java.util.Set;

/// The fields of one header block of a backend, checked before they may go on as lines of HTTP/1 (RFC 9113 §8.2, §8.3).
final class Http2Fields implements HpackDecoder.Fields {
    /// Of the connection, which HTTP/2 keeps out of messages; `host` goes as `:authority`.
    private static final Set<String> KEPT_OUT = Set.of(
            "connection",
            "host",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "upgrade",
            "te",
            "expect",
            "content-length");

    private final HeadLimits limits;
    private final Headers headers = new Headers();
    private int status;
    private int bytes;
    private String fault = "";

    Http2Fields(HeadLimits limits) {
        this.limits = limits;
    }

    @Override
    public void field(HeaderField field) {
        bytes += field.size();
        if (bytes > limits.bytes() || headers.size() >= limits.fields()) {
            fault = "the head of the answer is too large";
        } else if (field.name().startsWith(":")) {
            pseudo(field);
        } else if (!HeaderField.validName(field.name()) || !clean(field) || ofConnection(field.name())) {
            fault = "a field of the answer cannot be";
        } else {
            headers.add(field.name(), field.value());
        }
    }

    private void pseudo(HeaderField field) {
        String value = field.value();
        boolean number = value.length() == 3 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!field.name().equals(":status") || !number || status != 0 || headers.size() > 0) {
            fault = "a pseudo-header of the answer cannot be";
        } else {
            status = Integer.parseInt(value);
        }
    }

    private static boolean clean(HeaderField field) {
        return field.value().chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F));
    }

    private static boolean ofConnection(String name) {
        return name.equals("connection") || name.equals("transfer-encoding") || name.equals("upgrade");
    }

    /// The status; 0 if there is none.
    int status() {
        return status;
    }

    /// What they count, by the rule of RFC 9113 §10.5.1.
    int bytes() {
        return bytes;
    }

    Headers headers() {
        return headers;
    }

    /// What is wrong with them; empty if nothing is.
    String fault() {
        return fault;
    }

    /// Adds the head of a request to a block.
    ///
    /// @param length of the body; -1 if it is not to be said
    static void write(HpackEncoder encoder, UpstreamRequest request, Origin origin, long length) {
        encoder.field(":method", request.method());
        encoder.field(":scheme", origin.tls().isPresent() ? "https" : "http");
        encoder.field(":authority", request.headers().first(HeaderName.HOST).orElse(origin.authority()));
        encoder.field(":path", request.target());
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!KEPT_OUT.contains(lower)) {
                encoder.field(lower, value);
            }
        });
        if (length >= 0) {
            encoder.field("content-length", Long.toString(length));
        }
    }
}
