package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.upgrade.Shutdown.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainInForceTest {
    private static final Aim AIM = new Aim("1.2.0", Thresholds.DEFAULTS);
    private static final Snapshot FIVE_MINUTES = ClusterFixtures.deployment(
            "\"env\": [", "\"env\": [{\"name\": \"AGW_SHUTDOWN_MAX\", \"value\": \"300s\"},");

    @Test
    void parametersWinOverVariablesAndThoseOverSettings() {
        assertThat(DrainInForce.of(Seen.NOTHING, AIM)).isEqualTo(Shutdown.DEFAULTS);
        assertThat(DrainInForce.of(written(Seen.NOTHING, Source.SETTINGS), AIM)).isEqualTo(ninety(Source.SETTINGS));
        assertThat(DrainInForce.of(FIVE_MINUTES, AIM))
                .isEqualTo(new Shutdown(Duration.ofSeconds(10), Duration.ofSeconds(300), Source.ENVIRONMENT));
        assertThat(DrainInForce.of(written(FIVE_MINUTES, Source.SETTINGS), AIM))
                .isEqualTo(new Shutdown(Duration.ofSeconds(20), Duration.ofSeconds(300), Source.ENVIRONMENT));
        assertThat(DrainInForce.of(written(FIVE_MINUTES, Source.PARAMETERS), AIM))
                .isEqualTo(ninety(Source.PARAMETERS));
    }

    @Test
    void whatNothingTellsIsMarkedAsAssumed() {
        Choice grace = new Choice(Phase.all, List.of("AGW1207"), List.of());

        assertThat(Checks.run(ClusterFixtures.deployment("", ""), AIM, grace).results())
                .extracting(result -> result.finding().observed())
                .containsExactly("grace period 75 s, preStop 5 s, shutdown.max 60 s, assumed, as nothing tells it:"
                        + " --config does");
    }

    private static Snapshot written(Snapshot seen, Source source) {
        return seen.with(new ConfigReading("1.2.0", List.of(), List.of(), List.of(), ninety(source)));
    }

    private static Shutdown ninety(Source source) {
        return new Shutdown(Duration.ofSeconds(20), Duration.ofSeconds(90), source);
    }
}
