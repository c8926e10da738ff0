package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Tunnel;
import dev.agw.http.EndToEnd;
import dev.agw.http.Framing;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http2.HpackEncoder;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// The response on a stream. A client that does not take its DATA blocks the stream's thread, and so its backend.
final class Http2Reply implements Reply {
    private static final byte[] NOTHING = new byte[0];

    private final Http2Stream stream;
    private final String method;
    private int status;
    private long announced;
    private long bytes;
    private boolean bodiless;
    private boolean lastSent;
    private boolean ended;

    Http2Reply(Http2Stream stream, String method) {
        this.stream = stream;
        this.method = method;
    }

    @Override
    public void interim(int code, Headers headers) {
        if (!committed() && code != 101) {
            send(() -> {
                stream.headers(encoder -> fields(encoder, code, headers), false);
                stream.flush();
            });
        }
    }

    @Override
    public void head(int code, Headers headers, long length) {
        if (committed()) {
            throw new IllegalStateException("the response has a head already");
        }
        stream.answered();
        status = code;
        announced = length;
        bodiless = Framing.bodiless(method, code) || length == 0;
        lastSent = bodiless;
        send(() -> stream.headers(encoder -> head(encoder, code, headers), lastSent));
    }

    private void head(HpackEncoder encoder, int code, Headers headers) {
        fields(encoder, code, headers);
        if (!headers.has(HeaderName.DATE)) {
            encoder.field("date", stream.date());
        }
        if (announced >= 0 && code != 204 && (!bodiless || announced > 0)) {
            encoder.field("content-length", Long.toString(announced));
        }
    }

    private static void fields(HpackEncoder encoder, int code, Headers headers) {
        encoder.field(":status", Integer.toString(code));
        EndToEnd.of(headers).forEach((name, value) -> encoder.field(name.toLowerCase(Locale.ROOT), value));
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        if (bodiless || length == 0) {
            return;
        }
        bytes += length;
        if (announced >= 0 && bytes > announced) {
            abort();
            return;
        }
        lastSent = bytes == announced;
        send(() -> stream.data(array, offset, length, lastSent));
    }

    @Override
    public void flush() {
        send(stream::flush);
    }

    @Override
    public void end() {
        if (ended) {
            return;
        }
        if (!lastSent && announced >= 0) {
            abort();
            return;
        }
        ended = true;
        send(() -> {
            if (!lastSent) {
                stream.data(NOTHING, 0, 0, true);
            }
            stream.flush();
        });
    }

    @Override
    public void abort() {
        ended = true;
        stream.abort();
    }

    private void send(Sending what) {
        long start = System.nanoTime();
        try {
            what.run();
        } catch (IOException gone) {
            throw new ClientGoneException("the client left while its answer was sent");
        } finally {
            stream.waitedToSend(System.nanoTime() - start);
        }
    }

    @FunctionalInterface
    private interface Sending {
        void run() throws IOException;
    }

    @Override
    public boolean committed() {
        return status != 0;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /// Streams have no bytes of their own: WebSocket over HTTP/2 (RFC 8441) is not offered.
    @Override
    public Optional<Tunnel> tunnel() {
        return Optional.empty();
    }

    /// Whether the response was sent to its end.
    boolean whole() {
        return lastSent || (ended && committed());
    }
}
