package dev.agw.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What has left and what has not: the difference between a request that may go out again and one that may not.
class OutboundTest {
    private boolean broken;
    private final Outbound out = new Outbound((array, offset, length) -> {
        if (broken) {
            throw new IOException("the peer is gone");
        }
    });

    private void head(int stream) throws IOException {
        out.headers(new SendWindow(stream), encoder -> encoder.field(":method", "GET"), true);
    }

    @Test
    void aHeadThatWasOnlyAddedHasNotBegun() throws Exception {
        head(1);
        out.flush();
        head(3);

        assertThat(out.begun()).isEqualTo(1);
        out.flush();
        assertThat(out.begun()).isEqualTo(3);
    }

    @Test
    void aHeadThatMayHaveLeftHasBegun() throws Exception {
        broken = true;
        head(1);

        assertThatThrownBy(out::flush).hasMessage("the peer is gone");
        assertThat(out.begun()).isEqualTo(1);
    }

    @Test
    void answersWithoutBodyWaitForAPeerThatTakesNothing() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Void> taking = new CompletableFuture<>();
        Outbound slow = new Outbound((array, offset, length) -> {
            writing.countDown();
            taking.join(); // as a socket whose peer does not read
        });
        SendWindow last = new SendWindow(3);
        Thread writer = Thread.ofVirtual().start(() -> answer(slow, new SendWindow(1), sent, 1));
        writing.await();
        Thread answering = Thread.ofVirtual().start(() -> answer(slow, last, sent, 1000));

        Eventually.until("it waits", () -> last.blockedSince() != 0);
        assertThat(sent.get()).isBetween(60, 70);
        taking.complete(null);
        writer.join();
        answering.join();
    }

    private static void answer(Outbound out, SendWindow stream, AtomicInteger sent, int times) {
        try {
            for (int i = 0; i < times; i++) {
                String location = i + "~".repeat(1000);
                out.answer(stream, encoder -> encoder.field("location", location), true);
                sent.incrementAndGet();
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothingIsSentAfterAWriteThatFailed() throws Exception {
        broken = true;
        head(1);
        assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
        broken = false;

        assertThatThrownBy(() -> head(3)).isInstanceOf(StreamClosedException.class);
        out.flush();
        assertThat(out.begun()).isEqualTo(1);
    }

    @Test
    void lastWordsTakeThePlaceOfWhatHasNotLeft() throws Exception {
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Void> taking = new CompletableFuture<>();
        Outbound slow = new Outbound((array, offset, length) -> {
            writing.countDown();
            taking.join();
            left.write(array, offset, length);
        });
        slow.headers(new SendWindow(1), encoder -> encoder.field(":method", "GET"), true);
        Thread writer = Thread.ofVirtual().start(() -> flush(slow));
        writing.await();
        slow.headers(new SendWindow(3), encoder -> encoder.field(":method", "GET"), true);
        slow.lastWords(frames -> frames.goAway(0, ErrorCode.PROTOCOL_ERROR));
        slow.add(frames -> frames.ping(new byte[8], false));

        assertThatThrownBy(() -> slow.headers(new SendWindow(5), encoder -> {}, true))
                .isInstanceOf(StreamClosedException.class);
        taking.complete(null);
        writer.join();
        slow.flushWhole();
        assertThat(slow.begun()).isEqualTo(1);
        assertThat(types(left.toByteArray())).containsExactly(FrameType.HEADERS, FrameType.GOAWAY);
    }

    private static void flush(Outbound out) {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> types(byte[] bytes) throws IOException {
        FrameReader frames = new FrameReader(new ByteArrayInputStream(bytes)::read);
        List<Integer> types = new ArrayList<>();
        while (frames.next()) {
            types.add(frames.type());
        }
        return types;
    }
}
