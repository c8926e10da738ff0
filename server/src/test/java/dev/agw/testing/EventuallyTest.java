package dev.agw.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventuallyTest {
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looksOnceMoreWhenTheTimeIsOver() throws Exception {
        Eventually.until("the second look", Duration.ZERO, () -> looks.incrementAndGet() == 2);

        assertThat(looks).hasValue(2);
    }

    @Test
    void saysWhatDidNotHappenInTime() {
        assertThatThrownBy(() -> Eventually.until("it comes", Duration.ofMillis(5), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within PT0.005S: it comes");
    }
}
