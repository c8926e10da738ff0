package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Ending;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FarewellTest {
    private static final Duration MAX = Duration.ofMinutes(90);

    @Test
    void tellsWhatCtrlCWaitsForAndHowToEndNow() {
        assertThat(Farewell.text(new Ending(Duration.ZERO, MAX, 0), Signals.Kind.INT))
                .isEqualTo("agw: ending, as no request runs; a second Ctrl-C ends it now");
        assertThat(Farewell.text(new Ending(Duration.ZERO, MAX, 1), Signals.Kind.INT))
                .isEqualTo(
                        "agw: ending when 1 request has come to its end, in 5400 s at the latest; a second Ctrl-C ends it now");
        assertThat(Farewell.text(new Ending(Duration.ZERO, Duration.ofMillis(1500), 2), Signals.Kind.INT))
                .isEqualTo(
                        "agw: ending when 2 requests have come to their end, in 1500 ms at the latest; a second Ctrl-C ends it now");
    }

    @Test
    void tellsThatSigtermLeadsClientsAwayFirst() {
        assertThat(Farewell.text(new Ending(Duration.ofSeconds(15), MAX, 0), Signals.Kind.TERM))
                .isEqualTo("agw: ending: takes connections for 15 s, until load balancers look elsewhere, and waits for"
                        + " running requests (now 0), in 5400 s at the latest; a second signal ends it now");
    }
}
