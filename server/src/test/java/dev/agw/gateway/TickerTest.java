package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.LogRecorder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TickerTest {
    private static final String LOG = "dev.agw.gateway.Ticker";
    private static final Duration SOON = Duration.ofMillis(1);

    private final List<Long> first = new CopyOnWriteArrayList<>();
    private final List<Long> second = new CopyOnWriteArrayList<>();

    private Ticker ticking(LongConsumer task) {
        return new Ticker(SOON, List.of(task, second::add));
    }

    private void failTwice(long now) {
        first.add(now);
        switch (first.size()) {
            case 1 -> throw new IllegalStateException("for once");
            case 2 -> throw new StackOverflowError("for once");
            default -> {}
        }
    }

    @Test
    void aTaskThatFailsKeepsNeitherTheOthersNorItselfFromRunning() throws Exception {
        try (LogRecorder log = new LogRecorder(LOG);
                Ticker ticker = ticking(this::failTwice)) {
            Eventually.until("three ticks", () -> second.size() >= 3);

            assertThat(second.stream().limit(3))
                    .containsExactlyElementsOf(first.stream().limit(3).toList());
            assertThat(log.messages())
                    .containsExactly(
                            "housekeeping failed; it is tried again", "housekeeping failed; it is tried again");
        }
    }

    @Test
    void aFailureThatCannotBeLoggedStopsNothing() throws Exception {
        Logger logger = Logger.getLogger(LOG);
        Handler full = new Full();
        logger.addHandler(full);
        try (Ticker ticker = ticking(this::failTwice)) {
            Eventually.until("three ticks", () -> second.size() >= 3);
        } finally {
            logger.removeHandler(full);
        }
    }

    @Test
    void itsThreadEndsOnceItIsClosed() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Ticker ticker = ticking(now -> thread.set(Thread.currentThread()));
        Eventually.until("a tick", () -> !second.isEmpty());

        ticker.close();
        thread.get().join();
    }

    /// A log of a process that has no memory left.
    private static final class Full extends Handler {
        @Override
        public void publish(LogRecord message) {
            throw new OutOfMemoryError("for a test");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
