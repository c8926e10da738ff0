package dev.agw.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a TLS connection holds of what came, and what it does if it may not.
@Timeout(20)
class TlsTransportTest {
    /// What is held for a record beside the small buffer.
    private static final int RECORD = 16_709 - 1024;
    private static final String LONG = "x".repeat(8000);

    @TempDir
    static Path keys;

    private static Identity identity;

    private final Memory memory = new Memory();
    private Tap tap;
    private RawClient client;
    private TlsTransport transport;

    /// As much as a test wants there to be.
    private static final class Memory implements TlsTransport.Memory {
        volatile int most = Integer.MAX_VALUE;
        volatile int held;
        volatile int peak;

        @Override
        public boolean holds(int bytes) {
            if (bytes > held && bytes > most) {
                return false;
            }
            held = bytes;
            peak = Math.max(peak, bytes);
            return true;
        }
    }

    /// A socket whose records can be taken before they leave.
    private static final class Tap extends Socket {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private volatile boolean taking;

        Tap(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] array, int offset, int length) throws IOException {
                    (taking ? taken : out).write(array, offset, length);
                }
            };
        }
    }

    @BeforeAll
    static void identity() throws Exception {
        identity = Identity.of(keys, "dns:a.test");
    }

    @BeforeEach
    void connect() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            tap = new Tap(((InetSocketAddress) server.getLocalAddress()).getPort());
            SSLEngine engine = identity.context().createSSLEngine();
            engine.setUseClientMode(false);
            transport = new TlsTransport(PlainTransport.of(server.accept()), engine, memory);
        }
        FutureTask<Boolean> shaken = started(() -> {
            transport.handshake();
            return true;
        });
        client = TlsClient.to("a.test").over(tap);
        assertThat(shaken.get()).isTrue();
        memory.peak = memory.held;
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        client.close();
        tap.close();
    }

    /// The record of a text, not sent.
    private byte[] sealed(String text) throws IOException {
        tap.taken.reset();
        tap.taking = true;
        client.send(text);
        tap.taking = false;
        return tap.taken.toByteArray();
    }

    private void send(byte[] record, int from, int to) throws IOException {
        tap.getOutputStream().write(record, from, to - from);
    }

    @Test
    void holdsNoLargeBufferWhileItsOwnerDoesNotRead() throws Exception {
        client.send(LONG);
        assertThat(read(LONG.length())).isEqualTo(LONG);
        assertThat(memory.held).isEqualTo(RECORD);

        transport.watch();
        assertThat(memory.held).isZero();
        transport.unwatch();
        client.send("more");
        assertThat(read(4)).isEqualTo("more");
    }

    @Test
    void aLookHoldsWhatItFoundAlone() throws Exception {
        transport.watch();
        client.send(LONG);
        Eventually.until("it shows", () -> transport.probe() == Probe.DATA);
        assertThat(memory.held).isPositive().isLessThanOrEqualTo(RECORD);

        transport.unwatch();
        assertThat(read(LONG.length())).isEqualTo(LONG);
        assertThat(memory.held).isZero();
    }

    @Test
    void makesNoRoomForTheContentOfARecordThatIsNotWhole() throws Exception {
        byte[] record = sealed(LONG);
        FutureTask<String> read = started(() -> read(LONG.length()));
        send(record, 0, 2000);
        Eventually.until("it has begun", () -> memory.held > 0);
        assertThat(memory.peak).isEqualTo(RECORD);

        send(record, 2000, record.length);
        assertThat(read.get()).isEqualTo(LONG);
    }

    @Test
    void opensASmallRecordInPlaceHoweverItsHeadComes() throws Exception {
        byte[] record = sealed("hello");
        send(record, 0, 3);
        FutureTask<String> read = new FutureTask<>(() -> read(5));
        Thread reader = Thread.ofPlatform().start(read);
        Eventually.until("it waits for the rest", () -> reader.getState() == Thread.State.WAITING);
        send(record, 3, record.length);

        assertThat(read.get()).isEqualTo("hello");
        assertThat(memory.peak).isZero();
    }

    @Test
    void makesNoRoomForARecordThatIsLargerThanTlsAllows() throws Exception {
        send(new byte[] {23, 3, 3, 0x44, 0}, 0, 5);

        assertThatThrownBy(() -> read(1)).hasMessageContaining("larger than TLS allows");
        assertThat(memory.peak).isZero();
    }

    @Test
    void aReadThatFoundNoMemoryMayBeTriedAgain() throws Exception {
        memory.most = 0;
        client.send(LONG);
        assertThatThrownBy(() -> read(LONG.length())).isInstanceOf(NoMemoryException.class);

        memory.most = Integer.MAX_VALUE;
        assertThat(read(LONG.length())).isEqualTo(LONG);
    }

    @Test
    void aLookThatFindsNoMemorySeesNoEnd() throws Exception {
        memory.most = 0;
        transport.watch();
        client.send(LONG);
        Eventually.until("it shows", () -> transport.probe() != Probe.SILENT);
        assertThat(transport.probe()).isEqualTo(Probe.DATA);

        memory.most = Integer.MAX_VALUE;
        transport.unwatch();
        assertThat(read(LONG.length())).isEqualTo(LONG);
    }

    @Test
    void throwsAwayWhatItNeedNotOpen() throws Exception {
        memory.most = 0;
        client.send(LONG);
        client.finish();
        client.close();

        int discarded = 0;
        for (int some = 0; some >= 0; some = transport.discard(new byte[512])) {
            discarded += some;
        }
        assertThat(discarded).isGreaterThan(LONG.length());
    }

    private String read(int length) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] array = new byte[512];
        while (text.length() < length) {
            int read = transport.read(array, 0, array.length);
            text.append(read < 0 ? "end".repeat(length) : new String(array, 0, read, US_ASCII));
        }
        return text.toString();
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        EventLoops.start(future);
        return future;
    }
}
