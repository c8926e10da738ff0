package dev.agw.net;

import dev.agw.http.Room;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/*
 * The certificate depends on the name that the client asks for, and so does whether the gateway decrypts at all. So the
 * hello is read here first, by rules as strict as TLS has them, and put back: the TLS engine, or the backend that is to
 * decrypt, gets it byte for byte.
 */
/// Reads what a client says first, without taking it from the connection.
public final class ClientHelloReader {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    /// What came, and the message in it.
    private static final int COPIES = 2;
    private static final int LARGEST_RECORD = 16 * 1024;
    /// Larger than any client's today, even with post-quantum keys.
    private static final int LARGEST_HELLO = 16 * 1024;

    private final PlainTransport transport;
    private final Room growth;
    private final ByteArrayOutputStream hello = new ByteArrayOutputStream(512);
    private byte[] raw = new byte[2 * 1024];
    private int limit;

    private ClientHelloReader(PlainTransport transport, Room growth) {
        this.transport = transport;
        this.growth = growth;
    }

    /// Waits for the client's first words, as long as the connection stands.
    ///
    /// @param growth asked for the bytes that a greeting takes which is larger than most
    public static Greeting read(PlainTransport transport, Room growth) throws IOException {
        ClientHelloReader reader = new ClientHelloReader(transport, growth);
        try {
            return reader.greeting();
        } catch (MalformedHelloException e) {
            return new Greeting.Garbage(String.valueOf(e.getMessage()));
        } finally {
            transport.unread(Arrays.copyOf(reader.raw, reader.limit));
        }
    }

    private Greeting greeting() throws IOException {
        if (!has(1)) {
            return new Greeting.Nothing();
        }
        if (raw[0] >= 'A' && raw[0] <= 'Z') {
            return new Greeting.PlainHttp();
        }
        int next = 0;
        while (!whole()) {
            next = record(next);
            if (next < 0) {
                return new Greeting.Nothing();
            }
        }
        return HelloParser.parse(ByteBuffer.wrap(hello.toByteArray()).position(MESSAGE_HEAD));
    }

    /// Whether the message that the records carry is there to its end.
    private boolean whole() {
        byte[] message = hello.toByteArray();
        if (message.length < MESSAGE_HEAD) {
            return false;
        }
        int length = ((message[1] & 0xFF) << 16) | ((message[2] & 0xFF) << 8) | (message[3] & 0xFF);
        MalformedHelloException.unless(message[0] == CLIENT_HELLO, "the first message is no ClientHello");
        MalformedHelloException.unless(length <= LARGEST_HELLO, "the ClientHello is too large");
        MalformedHelloException.unless(
                message.length <= MESSAGE_HEAD + length, "more than a ClientHello stands in its record");
        return message.length == MESSAGE_HEAD + length;
    }

    /// Takes in the record at `start`; returns where it ends, -1 if the client left before.
    private int record(int start) throws IOException {
        if (!has(start + 1)) {
            return -1;
        }
        MalformedHelloException.unless(raw[start] == HANDSHAKE, "the first byte is that of no TLS handshake");
        if (!has(start + RECORD_HEAD)) {
            return -1;
        }
        int length = ((raw[start + 3] & 0xFF) << 8) | (raw[start + 4] & 0xFF);
        MalformedHelloException.unless(raw[start + 1] == 3, "the record is of no known TLS version");
        MalformedHelloException.unless(length > 0 && length <= LARGEST_RECORD, "the record's length is not allowed");
        if (!has(start + RECORD_HEAD + length)) {
            return -1;
        }
        hello.write(raw, start + RECORD_HEAD, length);
        MalformedHelloException.unless(hello.size() <= LARGEST_HELLO + MESSAGE_HEAD, "the ClientHello is too large");
        return start + RECORD_HEAD + length;
    }

    /// Waits until so many bytes are there; false at the end of the connection.
    private boolean has(int bytes) throws IOException {
        if (raw.length < bytes) {
            growth.take(COPIES * (bytes - raw.length));
            raw = Arrays.copyOf(raw, bytes);
        }
        while (limit < bytes) {
            int read = transport.read(raw, limit, raw.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }
}
