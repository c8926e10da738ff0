package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Framing;
import dev.agw.http.HeadWriter;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.Output;
import dev.agw.http.RequestHead;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The response to one HTTP/1 request: head and body gathered into one write, framed as the client's version allows.
final class Http1Reply implements Reply {
    private static final int FLUSH_AT = 32 * 1024;
    private static final int HEAD_ROOM = 512;
    private static final int BODY_ROOM = 8 * 1024;

    private enum BodyFraming {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final Http1Connection connection;
    private final Output out;
    private final @Nullable ClientBody body;
    private final String method;
    private final int minor;
    private boolean keepAlive;
    private BodyFraming framing = BodyFraming.NONE;
    private int status;
    private long bytes;
    private long announced;
    private boolean ended;
    private boolean broken;

    Http1Reply(Http1Connection connection, ClientBody body, RequestHead head) {
        this(connection, body, head.method(), head.minor());
        this.keepAlive = wantsKeepAlive(head);
    }

    private Http1Reply(Http1Connection connection, @Nullable ClientBody body, String method, int minor) {
        this.connection = connection;
        this.out = connection.out();
        this.body = body;
        this.method = method;
        this.minor = minor;
    }

    /// The reply to something that was no request; the connection ends with it.
    static Http1Reply toUnreadable(Http1Connection connection) {
        return new Http1Reply(connection, null, "GET", 1);
    }

    private static boolean wantsKeepAlive(RequestHead head) {
        Headers headers = head.headers();
        if (!headers.has(HeaderName.CONNECTION)) {
            return head.minor() == 1;
        }
        return !headers.hasToken(HeaderName.CONNECTION, "close")
                && (head.minor() == 1 || headers.hasToken(HeaderName.CONNECTION, "keep-alive"));
    }

    @Override
    public void interim(int code, Headers headers) {
        if (minor == 1 && !committed()) {
            HeadWriter.statusLine(out, code);
            HeadWriter.fields(out, headers);
            HeadWriter.end(out);
            flush();
        }
    }

    @Override
    public void head(int code, Headers headers, long length) {
        if (committed()) {
            throw new IllegalStateException("the response has a head already");
        }
        if (body != null) {
            body.answered();
        }
        status = code;
        announced = length;
        framing = framing(code, length);
        out.ensure(HEAD_ROOM + Math.clamp(length, 0, BODY_ROOM));
        HeadWriter.statusLine(out, code);
        HeadWriter.fields(out, headers);
        if (!headers.has(HeaderName.DATE)) {
            HeadWriter.field(out, HeaderName.DATE, connection.port().date());
        }
        writeFraming(code, length);
        writeConnection(code);
        HeadWriter.end(out);
    }

    private BodyFraming framing(int code, long length) {
        if (Framing.bodiless(method, code)) {
            return BodyFraming.NONE;
        }
        if (length >= 0) {
            return BodyFraming.LENGTH;
        }
        return minor == 1 ? BodyFraming.CHUNKED : BodyFraming.UNTIL_CLOSE;
    }

    /// A response to HEAD, and a 304, may tell the length of the body that is not there (RFC 9110 §8.6).
    private void writeFraming(int code, long length) {
        boolean lengthAllowed = code >= 200 && code != 204;
        if (length >= 0 && lengthAllowed && (framing == BodyFraming.LENGTH || length > 0)) {
            HeadWriter.contentLength(out, length);
        } else if (framing == BodyFraming.CHUNKED) {
            HeadWriter.chunked(out);
        }
    }

    private void writeConnection(int code) {
        if (code == 101) {
            keepAlive = false;
            return;
        }
        keepAlive = keepAlive && mayStayOpen();
        if (!keepAlive) {
            HeadWriter.field(out, HeaderName.CONNECTION, "close");
        } else if (minor == 0) {
            HeadWriter.field(out, HeaderName.CONNECTION, "keep-alive");
        }
    }

    /// A client that is still sending when the answer leaves will not be read to its end.
    private boolean mayStayOpen() {
        return framing != BodyFraming.UNTIL_CLOSE
                && body != null
                && body.complete()
                && !connection.port().draining()
                && connection.served() < connection.port().limits().requests();
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        if (length == 0) {
            return;
        }
        switch (framing) {
            case NONE -> {
                return;
            }
            case CHUNKED -> HeadWriter.chunk(out, array, offset, length);
            case LENGTH, UNTIL_CLOSE -> out.bytes(array, offset, length);
        }
        bytes += length;
        if (out.pending() > FLUSH_AT) {
            flush();
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
            out.release();
        } catch (IOException gone) {
            broken = true;
            throw new ClientGoneException("the client left while its answer was sent");
        }
    }

    @Override
    public void end() {
        if (ended) {
            return;
        }
        if (framing == BodyFraming.LENGTH && bytes != announced) {
            abort();
            return;
        }
        if (framing == BodyFraming.CHUNKED) {
            HeadWriter.lastChunk(out);
        }
        ended = true;
        flush();
    }

    @Override
    public void abort() {
        ended = true;
        broken = true;
        sendTheRest();
        if (framing == BodyFraming.UNTIL_CLOSE) {
            connection.transport().closeWithReset();
        } else {
            connection.transport().close();
        }
    }

    /// The client gets what came before the break, the head at least.
    private void sendTheRest() {
        try {
            out.flush();
        } catch (IOException expected) {
            // then the client is gone, and the connection ends anyway
        }
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

    @Override
    public Optional<Tunnel> tunnel() {
        connection.transport().unwatch();
        return Optional.of(new ClientTunnel(connection));
    }

    /// Whether the response did not reach its end.
    boolean broken() {
        return broken || (committed() && !ended);
    }

    /// Whether another request may follow on this connection.
    boolean keepsAlive() {
        return keepAlive && ended;
    }
}
