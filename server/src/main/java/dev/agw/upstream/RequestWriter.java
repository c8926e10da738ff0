package dev.agw.upstream;

import dev.agw.http.Body;
import dev.agw.http.HeadWriter;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.Output;
import java.io.IOException;

/// Writes the head of a request, and its body too if that is small: one write for both.
final class RequestWriter {
    /// Bytes of the largest body that is sent before the answer is looked for. No backend that reads at all
    /// leaves so few unread.
    static final int SMALL = 64 * 1024;

    private static final HeaderName[] FRAMING = {
        HeaderName.CONTENT_LENGTH, HeaderName.TRANSFER_ENCODING, HeaderName.EXPECT, HeaderName.CONNECTION
    };

    private final Output out;
    private final UpstreamRequest request;

    RequestWriter(Output out, UpstreamRequest request) {
        this.out = out;
        this.request = request;
    }

    /// Sends the head and, if it is small, the body.
    ///
    /// @return what is still to be sent; [Body#EMPTY] if nothing
    Body write() throws IOException {
        HeadWriter.requestLine(out, request.method(), request.target());
        HeadWriter.fields(out, endToEnd(request.headers()));
        if (!request.upgrade().isEmpty()) {
            HeadWriter.field(out, HeaderName.CONNECTION, "Upgrade");
            HeadWriter.field(out, HeaderName.UPGRADE, request.upgrade());
        }
        Body rest = switch (request.payload()) {
            case Payload.None none -> empty();
            case Payload.Bytes bytes -> bytes(bytes);
            case Payload.Streamed streamed -> streamed(streamed.body());
        };
        out.flush();
        return rest;
    }

    /// Framing is said here alone: two voices about the length of a body are how requests are smuggled.
    private static Headers endToEnd(Headers headers) {
        Headers clean = headers;
        for (HeaderName name : FRAMING) {
            if (clean.has(name)) {
                clean = (clean == headers ? headers.copy() : clean).remove(name);
            }
        }
        return clean;
    }

    /// RFC 9110 §8.6: methods that mean a body say that it is empty.
    private Body empty() {
        switch (request.method()) {
            case "POST", "PUT", "PATCH" -> HeadWriter.contentLength(out, 0);
            default -> {}
        }
        HeadWriter.end(out);
        return Body.EMPTY;
    }

    private Body bytes(Payload.Bytes bytes) {
        HeadWriter.contentLength(out, bytes.length());
        HeadWriter.end(out);
        if (bytes.length() > SMALL) {
            return Body.of(bytes.array(), bytes.offset(), bytes.length());
        }
        out.bytes(bytes.array(), bytes.offset(), bytes.length());
        return Body.EMPTY;
    }

    private Body streamed(Body body) {
        if (body.declaredLength() < 0) {
            HeadWriter.chunked(out);
        } else {
            HeadWriter.contentLength(out, body.declaredLength());
        }
        HeadWriter.end(out);
        return body;
    }
}
