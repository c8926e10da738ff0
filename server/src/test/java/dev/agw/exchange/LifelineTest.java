package dev.agw.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.Lifeline.Cut;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifelineTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final Lifeline lifeline = new Lifeline(System.nanoTime(), ends::incrementAndGet);

    @Test
    void theFirstOfTwoEqualCutsCounts() {
        assertThat(lifeline.cut(Cut.IDLE_TIMEOUT)).isTrue();
        assertThat(lifeline.cut(Cut.CLIENT_GONE)).isFalse();

        assertThat(lifeline.cut()).isEqualTo(Cut.IDLE_TIMEOUT);
        assertThat(ends).hasValue(1);
    }

    @Test
    void aTimeoutOfOneAttemptIsTakenBack() {
        lifeline.cut(Cut.CONNECT_TIMEOUT);
        lifeline.mend();

        assertThat(lifeline.cut()).isNull();
        assertThat(ends).hasValue(0);
    }

    @Test
    void aClientThatLeavesBetweenTwoAttemptsIsNotForgotten() {
        lifeline.onCut(closes::incrementAndGet);
        lifeline.cut(Cut.BACKEND_TIMEOUT);

        assertThat(lifeline.cut(Cut.CLIENT_GONE)).isTrue();
        lifeline.mend();

        assertThat(lifeline.cut()).isEqualTo(Cut.CLIENT_GONE);
        assertThat(ends).hasValue(1);
        assertThat(closes).hasValue(2);
    }

    @Test
    void oneEndThatFailsDoesNotKeepTheOther() {
        Lifeline flawed = new Lifeline(0, () -> {
            throw new NoClassDefFoundError("for a test");
        });
        flawed.onCut(closes::incrementAndGet);

        assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> flawed.cut(Cut.SHUTDOWN));
        assertThat(closes).hasValue(1);
    }

    @Test
    void whatIsRegisteredAfterACutIsClosedAtOnce() {
        lifeline.cut(Cut.SHUTDOWN);
        lifeline.mend();

        lifeline.onCut(closes::incrementAndGet);

        assertThat(closes).hasValue(1);
    }
}
