package dev.agw.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The figures that other ways of working them out have led to.
class DurationsTest {
    @Test
    void lengthsSpreadEvenly() {
        Durations uniform = Durations.of(
                IntStream.range(0, 900).mapToObj(i -> 30.05 + i / 10.0).toList(), "test");

        assertThat(uniform.overrun(25).likely()).isCloseTo(0.67, within(0.005));
        assertThat(uniform.overrun(55).likely()).isCloseTo(0.31, within(0.005));
        assertThat(uniform.overrun(110).likely()).isCloseTo(0.007, within(0.001));
    }

    @Test
    void lengthsWithoutMemory() {
        Durations exponential = Durations.exponential(60);

        assertThat(exponential.overrun(25).likely()).isCloseTo(0.66, within(0.005));
        assertThat(exponential.overrun(55).likely()).isCloseTo(0.40, within(0.005));
        assertThat(exponential.overrun(110).likely()).isCloseTo(0.16, within(0.005));
    }

    @Test
    void oneLength() {
        Durations fixed = Durations.of(List.of(300.0), "test");

        assertThat(fixed.overrun(25).likely()).isCloseTo(0.92, within(0.005));
        assertThat(fixed.overrun(55).likely()).isCloseTo(0.82, within(0.005));
        assertThat(fixed.overrun(110).likely()).isCloseTo(0.63, within(0.005));
        assertThat(Durations.of(List.of(900.0), "test").overrun(110).likely()).isCloseTo(0.88, within(0.005));
    }

    @Test
    void nothingKnownLosesNothing() {
        assertThat(Durations.unknown().known()).isFalse();
        assertThat(Durations.unknown().overrun(1).likely()).isZero();
    }
}
