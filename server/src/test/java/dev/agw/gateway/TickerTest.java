package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Format;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.testing.Eventually;
import dev.agw.testing.PageText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TickerTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final GatewayMetrics metrics = new GatewayMetrics("test", 100);
    private final List<Long> first = new CopyOnWriteArrayList<>();
    private final List<Long> second = new CopyOnWriteArrayList<>();

    private Ticker ticking(LongConsumer task) {
        return new Ticker(
                SOON,
                metrics.housekeeping(),
                List.of(new Ticker.Task(Chore.POOLS, task), new Ticker.Task(Chore.ROUTES, second::add)));
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
    void aTaskThatFailsIsCountedAndKeepsNeitherTheOthersNorItselfFromRunning() throws Exception {
        try (Ticker ticker = ticking(this::failTwice)) {
            Eventually.until("three ticks", () -> second.size() >= 3);

            assertThat(second.stream().limit(3))
                    .containsExactlyElementsOf(first.stream().limit(3).toList());
            assertThat(PageText.of(page -> metrics.scrape(Format.TEXT, page)))
                    .contains("agentgateway_housekeeping_failures_total{task=\"pools\"} 2\n")
                    .contains("agentgateway_housekeeping_failures_total{task=\"routes\"} 0\n");
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
}
