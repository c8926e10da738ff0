package dev.agw.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenLoopTest {
    private final SimulatorSettings hanging =
            SimulatorSettings.DEFAULT.withFaults(new SimulatorSettings.FaultRates(0, 0, 0, 0, 1, 0, 0));

    @Test
    void arrivesThoughNothingIsAnsweredAndCountsWhatFindsNoRoom() throws InterruptedException {
        try (Simulator simulator = Simulator.start(hanging)) {
            Plan plan = plan(simulator.url(), 3);
            Tally tally = new Tally(new Throughput());
            try (ChatClient client = new ChatClient(plan)) {
                OpenLoop loop = new OpenLoop(plan.pace(), client);
                loop.send(0, 10, System.nanoTime(), tally);
                loop.finish();
            }
            Counts counts = tally.counts();
            assertThat(counts.sent()).isEqualTo(3);
            assertThat(counts.dropped()).isEqualTo(7);
            assertThat(counts.errors()).containsEntry("timeout", 3L);
            assertThat(counts.mostUnderWay()).isEqualTo(3);
        }
    }

    @Test
    void timesCountFromTheIntendedStart() throws InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Plan plan = plan(simulator.url(), 100);
            Tally tally = new Tally(new Throughput());
            try (ChatClient client = new ChatClient(plan)) {
                OpenLoop loop = new OpenLoop(plan.pace(), client);
                loop.send(0, 1, System.nanoTime() - Duration.ofMinutes(2).toNanos(), tally);
                loop.finish();
            }
            assertThat(tally.latencies().max()).isGreaterThan(119);
            assertThat(tally.lags().max()).isGreaterThan(119);
        }
    }

    private static Plan plan(String url, int concurrency) {
        return new Plan(
                LoadUrl.chat(url),
                new Plan.Ask(false, "any", 3, List.of()),
                new Plan.Pace(200, Duration.ZERO, Duration.ofSeconds(1), concurrency, Duration.ofSeconds(1)));
    }
}
