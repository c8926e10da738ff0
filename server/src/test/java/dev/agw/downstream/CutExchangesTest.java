package dev.agw.downstream;

import static dev.agw.downstream.TestPort.ECHO;
import static dev.agw.downstream.TestPort.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Exchanges that end before their time: who learns of it, and who is blamed.
class CutExchangesTest {
    @Test
    void cutsTheExchangeWhenItsClientLeaves() throws IOException {
        CountDownLatch cut = new CountDownLatch(1);
        AtomicReference<Lifeline.Cut> why = new AtomicReference<>();
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
            lifeline.onCut(() -> {
                why.set(Objects.requireNonNull(lifeline.cut()));
                cut.countDown();
            });
            await(cut);
        })) {
            RawClient client = port.connect();
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.close();
            await(cut);
            assertThat(why).hasValue(Lifeline.Cut.CLIENT_GONE);
        }
    }

    @Test
    void blamesTheDeadlineAndNotTheClientForABodyItCutShort() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    lifeline.limit(Duration.ofMillis(50).toNanos());
                    ECHO.handle(request, reply, lifeline);
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nab");
            assertThat(client.answer().status()).isEqualTo(504);
        }
    }

    @Test
    void answers503ToAnUploadThatTheShutdownCutsShort() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    lifeline.cut(Lifeline.Cut.SHUTDOWN);
                    ECHO.handle(request, reply, lifeline);
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(503);
        }
    }

    @Test
    void readsOnAfterACutThatAnotherAttemptMayFollow() throws IOException {
        for (Lifeline.Cut mendable : List.of(Lifeline.Cut.CONNECT_TIMEOUT, Lifeline.Cut.BACKEND_TIMEOUT)) {
            try (TestPort port = new TestPort((request, reply, lifeline) -> {
                        lifeline.cut(mendable);
                        ECHO.handle(request, reply, lifeline);
                    });
                    RawClient client = port.connect()) {
                assertThat(client.post("/", "abc").body()).isEqualTo("POST / test [abc]");
            }
        }
    }

    @Test
    void endsALingeringCloseWhileTheBodyIsStillAwaited() throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    Thread.startVirtualThread(() -> pump(request, reading, ended));
                    await(reading);
                    TestPort.text(reply, 413, "too large");
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("too large");
            await(ended);
        }
    }

    private static void pump(Request request, CountDownLatch reading, CountDownLatch ended) {
        try {
            reading.countDown();
            request.body().next();
        } catch (ClientGoneException expected) {
            ended.countDown();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
