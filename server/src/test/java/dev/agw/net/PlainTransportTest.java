package dev.agw.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlainTransportTest {
    private ServerSocket server;
    private Socket peer;
    private PlainTransport transport;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        transport = PlainTransport.unconnected(SocketChannel.open());
        transport.connect((InetSocketAddress) server.getLocalSocketAddress());
        peer = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        peer.close();
        server.close();
    }

    @Test
    void aReadWaitsForWhatComes() throws Exception {
        FutureTask<String> read = started(this::read);
        say("one");
        assertThat(read.get()).isEqualTo("one");

        FutureTask<String> next = started(this::read);
        say("two");
        assertThat(next.get()).isEqualTo("two");
    }

    @Test
    void readsTheEndOnceThePeerIsDone() throws Exception {
        say("last");
        peer.shutdownOutput();
        assertThat(read()).isEqualTo("last");
        assertThat(read()).isEqualTo("end");
    }

    @Test
    void aWriteThatThePeerDoesNotTakeYetWaits() throws Exception {
        byte[] much = new byte[8 << 20];
        FutureTask<Boolean> write = started(() -> {
            transport.write(much, 0, much.length);
            return true;
        });
        assertThat(peer.getInputStream().readNBytes(much.length)).hasSize(much.length);
        assertThat(write.get()).isTrue();
    }

    @Test
    void closingEndsAReadAndAWriteThatWait() {
        FutureTask<String> read = started(this::read);
        FutureTask<Boolean> write = started(() -> {
            byte[] much = new byte[64 << 20];
            transport.write(much, 0, much.length);
            return true;
        });
        transport.close();
        assertThatThrownBy(read::get).hasCauseInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(write::get).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aSecondReaderWaitsForItsTurn() throws Exception {
        FutureTask<String> first = started(this::read);
        FutureTask<String> second = started(this::read);
        say("a");
        Eventually.until("it shows", () -> first.isDone() || second.isDone());
        say("b");
        assertThat(first.get() + second.get()).isIn("ab", "ba");
    }

    @Test
    void stopReadingEndsTheWaitAndLeavesWriting() throws Exception {
        FutureTask<String> read = started(this::read);
        transport.stopReading();
        assertThat(read.get()).isEqualTo("end");
        transport.write("still".getBytes(US_ASCII), 0, 5);
        assertThat(peer.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("still");
    }

    @Test
    void aLookTellsSilenceDataAndTheEnd() throws Exception {
        transport.watch();
        assertThat(transport.probe()).isEqualTo(Probe.SILENT);
        say("early");
        Eventually.until("it shows", () -> transport.probe() == Probe.DATA);
        transport.unwatch();
        assertThat(read()).isEqualTo("early");

        transport.watch();
        assertThat(transport.probe()).isEqualTo(Probe.SILENT);
        peer.close();
        Eventually.until("it shows", () -> transport.probe() == Probe.ENDED);
    }

    @Test
    void whatComesUnaskedMakesAnIdleConnectionUnfit() throws Exception {
        assertThat(transport.readable()).isFalse();
        say("?");
        Eventually.until("it shows", transport::readable);
    }

    @Test
    void anInterruptEndsTheConnection() {
        FutureTask<String> read = new FutureTask<>(this::read);
        Thread reader = Thread.ofVirtual().start(read);
        reader.interrupt();
        assertThatThrownBy(read::get)
                .cause()
                .isInstanceOfAny(ClosedByInterruptException.class, ClosedChannelException.class);
    }

    @Test
    void aPortThatNobodyListensOnRefuses() throws IOException {
        InetSocketAddress gone = (InetSocketAddress) server.getLocalSocketAddress();
        server.close();
        PlainTransport refused = PlainTransport.unconnected(SocketChannel.open());
        assertThatThrownBy(() -> refused.connect(gone)).isInstanceOf(ConnectException.class);
        refused.close();
    }

    private void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private String read() throws IOException {
        byte[] array = new byte[64];
        int read = transport.read(array, 0, array.length);
        return read < 0 ? "end" : new String(array, 0, read, US_ASCII);
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        EventLoops.start(future);
        return future;
    }
}
