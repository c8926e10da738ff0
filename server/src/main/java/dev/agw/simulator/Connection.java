package dev.agw.simulator;

import dev.agw.http.Framing;
import dev.agw.http.HeadLimits;
import dev.agw.http.HeadReader;
import dev.agw.http.HeaderName;
import dev.agw.http.Input;
import dev.agw.http.MalformedMessageException;
import dev.agw.http.MessageBody;
import dev.agw.http.RequestHead;
import dev.agw.net.PlainTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// One client's connection, request after request, on a virtual thread of its own.
final class Connection implements Runnable {
    private static final int ROOM = 1024;
    private static final int LONGEST_BODY = 64 * 1024 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Provider provider;
    private final RequestLog log;
    private final Client client;
    private final Input in;
    private final HeadReader reader;

    Connection(Provider provider, PlainTransport transport, SimulatorSettings settings) {
        this.provider = provider;
        this.log = provider.log();
        this.client = new Client(transport, settings.watch());
        this.in = new Input(transport, transport.loop().arrays(), ROOM);
        this.reader = new HeadReader(in, HeadLimits.REQUEST);
    }

    @Override
    public void run() {
        log.connections(1);
        try {
            while (exchange()) {
                client.out().release();
            }
        } catch (MalformedMessageException malformed) {
            refuse(malformed);
        } catch (IOException expected) {
            // the client left; the log knows if that cut off an answer
        } finally {
            client.end();
            log.connections(-1);
        }
    }

    void close() {
        client.end();
    }

    private boolean exchange() throws IOException {
        RequestHead head = reader.request();
        if (head == null) {
            return false;
        }
        boolean keep = head.minor() == 1 && !head.headers().hasToken(HeaderName.CONNECTION, "close");
        byte[] content = content(head);
        log.record(head, content);
        try {
            provider.answer(client, head, content, keep);
        } catch (IOException left) {
            log.recordCancel();
            throw left;
        }
        return keep && !client.ended();
    }

    private byte[] content(RequestHead head) throws IOException {
        if (head.headers().has(HeaderName.EXPECT)) {
            client.out().bytes(CONTINUE);
            client.flush();
        }
        byte[] content = new MessageBody(in, Framing.ofRequest(head), 400).readAll(LONGEST_BODY);
        in.release();
        return content;
    }

    private void refuse(MalformedMessageException malformed) {
        try {
            provider.refuse(client, malformed);
        } catch (IOException expected) {
            // who sends such things may have left
        }
    }
}
