package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.HttpRoute;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    @Test
    void areNanosecondsWithZeroForWhatIsNotSaid() {
        assertThat(Timeouts.of(new HttpRoute.Timeouts(Optional.of(Duration.ofSeconds(2)), Optional.empty())))
                .isEqualTo(new Timeouts(2_000_000_000, 0));
        assertThat(Timeouts.of(new HttpRoute.Timeouts(Optional.empty(), Optional.of(Duration.ofMillis(5)))))
                .isEqualTo(new Timeouts(0, 5_000_000));
    }

    @Test
    void anExplicitZeroIsForever() {
        assertThat(Timeouts.of(new HttpRoute.Timeouts(Optional.of(Duration.ZERO), Optional.of(Duration.ZERO))))
                .isEqualTo(new Timeouts(Timeouts.NEVER, Timeouts.NEVER));
    }

    @Test
    void whatIsLongerThanForeverIsForever() {
        assertThat(Timeouts.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Timeouts.NEVER);
    }
}
