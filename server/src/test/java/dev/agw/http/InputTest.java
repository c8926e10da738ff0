package dev.agw.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.net.EventLoops;
import dev.agw.net.PlainTransport;
import dev.agw.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InputTest {
    private static final int LENT = 16 * 1024;
    private static final int OWN = 1024;

    private final Counting lender = new Counting();
    private final AtomicInteger grown = new AtomicInteger();
    private ServerSocket server;
    private Socket peer;
    private PlainTransport transport;
    private Input in;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        transport = PlainTransport.unconnected(SocketChannel.open());
        transport.connect((InetSocketAddress) server.getLocalSocketAddress());
        peer = server.accept();
        peer.setTcpNoDelay(true);
        in = new Input(transport, lender, OWN, grown::addAndGet);
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        peer.close();
        server.close();
    }

    @Test
    void whoWaitsHoldsNoArray() throws Exception {
        FutureTask<Boolean> fill = started(in::fill);
        Eventually.until("it has looked and found nothing", () -> lender.lent.get() > 0 && lender.out() == 0);

        say("a");
        assertThat(fill.get()).isTrue();
        assertThat(lender.out()).isOne();
        assertThat(in.readByte()).isEqualTo('a');
        in.release();
        assertThat(lender.out()).isZero();
    }

    @Test
    void aMessageThatIsHereTakesOneRead() throws Exception {
        say("x".repeat(5000));
        assertThat(fill()).isTrue();
        assertThat(in.available()).isEqualTo(5000);
    }

    @Test
    void whoHasBegunWaitsWithASmallArrayOfItsOwn() throws Exception {
        say("ab");
        assertThat(fill()).isTrue();
        FutureTask<Boolean> rest = started(in::fill);
        Eventually.until("the large one is back", () -> lender.out() == 0);
        lender.spoil();

        say("c");
        assertThat(rest.get()).isTrue();
        assertThat(in.array()).hasSize(OWN);
        assertThat(taken(3)).isEqualTo("abc");
        assertThat(grown).hasValue(0);
    }

    @Test
    void whatBeginsLargeAsksForTheRoomItTakes() throws Exception {
        say("x".repeat(3000));
        assertThat(fill()).isTrue();
        int before = in.available();
        say("y");
        assertThat(fill()).isTrue();

        assertThat(before).isEqualTo(3000);
        assertThat(in.array()).hasSize(4 * OWN);
        assertThat(grown).hasValue(3 * OWN);
        assertThat(taken(3001)).endsWith("xy");
    }

    @Test
    void whoGetsNoRoomLosesNothing() throws Exception {
        in = new Input(transport, lender, OWN, bytes -> {
            if (bytes > 0) {
                throw new IllegalStateException("no room");
            }
        });
        say("x".repeat(OWN));
        assertThat(fill()).isTrue();

        assertThatThrownBy(() -> in.fill()).hasMessage("no room");
        assertThat(in.available()).isEqualTo(OWN);
    }

    @Test
    void aLookThatIsOverLetsTheLargeArrayGo() throws Exception {
        say("abc");
        assertThat(fill()).isTrue();
        in.skip(1);
        in.settle();
        assertThat(lender.out()).isZero();
        lender.spoil();
        assertThat(taken(2)).isEqualTo("bc");

        in.settle();
        assertThat(in.array()).isEmpty();
    }

    @Test
    void whatAnotherThreadMayStillLookAtIsNotLentToOthers() throws Exception {
        say("first");
        assertThat(fill()).isTrue();
        byte[] seen = in.array();
        in.keep();
        in.skip(5);
        in.release();

        assertThat(lender.returned).hasValue(0);
        say("second");
        assertThat(fill()).isTrue();
        assertThat(in.array()).isNotSameAs(seen);
        assertThat(new String(seen, 0, 5, US_ASCII)).isEqualTo("first");
        in.skip(6);
        in.release();
        assertThat(lender.returned).hasValue(1); // that of the second
    }

    @Test
    void theEndIsTold() throws Exception {
        peer.shutdownOutput();
        assertThat(fill()).isFalse();
        in.release();
        assertThat(lender.out()).isZero();
    }

    /// On a loop, as a connection would.
    private boolean fill() throws Exception {
        return started(in::fill).get();
    }

    private String taken(int length) {
        byte[] all = new byte[length];
        assertThat(in.drainTo(all, 0, length)).isEqualTo(length);
        return new String(all, US_ASCII);
    }

    private void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        EventLoops.start(future);
        return future;
    }

    /// Counts what is lent, and can write over what is not.
    private static final class Counting implements Lender {
        private final AtomicInteger lent = new AtomicInteger();
        private final AtomicInteger returned = new AtomicInteger();
        private final Deque<byte[]> free = new ArrayDeque<>();

        @Override
        public synchronized byte[] lend() {
            lent.incrementAndGet();
            return free.isEmpty() ? new byte[LENT] : free.pop();
        }

        @Override
        public synchronized void giveBack(byte[] array) {
            returned.incrementAndGet();
            free.push(array);
        }

        int out() {
            return lent.get() - returned.get();
        }

        synchronized void spoil() {
            free.forEach(array -> Arrays.fill(array, (byte) '!'));
        }
    }
}
