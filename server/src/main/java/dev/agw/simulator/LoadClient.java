package dev.agw.simulator;

import dev.agw.http.Framing;
import dev.agw.http.HeadLimits;
import dev.agw.http.HeadReader;
import dev.agw.http.HeadWriter;
import dev.agw.http.HeaderName;
import dev.agw.http.Input;
import dev.agw.http.MessageBody;
import dev.agw.http.Output;
import dev.agw.http.ResponseHead;
import dev.agw.net.PlainTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One connection that asks for chat completions; small enough that ten thousand of them fit in one process.
/// Confined to its thread, except for [#close].
final class LoadClient implements AutoCloseable {
    private static final int ROOM = 1024;
    private static final byte[] CONTENT_TYPE = "Content-Type: application/json\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final PlainTransport transport;
    private final Input in;
    private final HeadReader reader;
    private final byte[] request;
    private int matched = 1;

    /// Connects.
    ///
    /// @param url where to post to
    /// @param body the JSON of every request
    LoadClient(URI url, String body) throws IOException {
        transport = PlainTransport.of(SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort())));
        in = new Input(transport, transport.loop().arrays(), ROOM);
        reader = new HeadReader(in, HeadLimits.RESPONSE);
        request = request(url, body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] request(URI url, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = new Output(bytes::write, ROOM);
        HeadWriter.requestLine(out, "POST", url.getRawPath());
        HeadWriter.field(out, HeaderName.HOST, url.getRawAuthority());
        HeadWriter.field(out, HeaderName.AUTHORIZATION, "Bearer sk-load");
        out.bytes(CONTENT_TYPE);
        HeadWriter.contentLength(out, body.length);
        HeadWriter.end(out);
        out.bytes(body);
        out.flush();
        return bytes.toByteArray();
    }

    /// Sends the request and reads the whole answer; how many bytes its body has.
    ///
    /// @throws IOException the status is not 200, or the connection broke
    long whole() throws IOException {
        MessageBody body = open();
        long bytes = 0;
        while (body.next()) {
            bytes += body.length();
        }
        return bytes;
    }

    /// Sends the request and reads the head of the answer.
    ///
    /// @throws IOException the status is not 200, or the connection broke
    MessageBody open() throws IOException {
        transport.write(request, 0, request.length);
        ResponseHead head = reader.response();
        if (head == null || head.status() != 200) {
            throw new IOException(head == null ? "the connection ended" : "status " + head.status());
        }
        return new MessageBody(in, Framing.ofResponse("POST", head), 502);
    }

    /// Reads the next piece of a stream; how many events start in it, -1 at the end of the stream.
    int events(MessageBody stream) throws IOException {
        if (!stream.next()) {
            return -1;
        }
        int events = 0;
        byte[] bytes = stream.array();
        for (int at = stream.offset(), end = at + stream.length(); at < end; at++) {
            events += startsEvent(bytes[at]) ? 1 : 0;
        }
        in.release();
        return events;
    }

    /// Follows `\ndata: ` through the bytes, over the borders of pieces; `matched` counts the line feed as 1.
    private boolean startsEvent(byte b) {
        if (b == '\n') {
            matched = 1;
        } else if (matched > 0 && b == EVENT[matched - 1]) {
            matched++;
        } else {
            matched = 0;
        }
        if (matched <= EVENT.length) {
            return false;
        }
        matched = 0;
        return true;
    }

    @Override
    public void close() {
        transport.close();
    }
}
