package dev.agw.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The figures that other ways of working them out have led to.
class DurationsTest {
    @Test
    void lengthsSpreadEvenly() {
        Durations uniform = Durations.of(
                IntStream.range(0, 900).mapToObj(i -> 30.05 + i / 10.0).toList(), "test");

        assertThat(uniform.lostShare(25)).isCloseTo(0.67, within(0.005));
        assertThat(uniform.lostShare(55)).isCloseTo(0.31, within(0.005));
        assertThat(uniform.lostShare(110)).isCloseTo(0.007, within(0.001));
    }

    @Test
    void lengthsWithoutMemory() {
        Durations exponential = Durations.exponential(60);

        assertThat(exponential.lostShare(25)).isCloseTo(0.66, within(0.005));
        assertThat(exponential.lostShare(55)).isCloseTo(0.40, within(0.005));
        assertThat(exponential.lostShare(110)).isCloseTo(0.16, within(0.005));
    }

    @Test
    void oneLength() {
        Durations fixed = Durations.of(List.of(300.0), "test");

        assertThat(fixed.lostShare(25)).isCloseTo(0.92, within(0.005));
        assertThat(fixed.lostShare(55)).isCloseTo(0.82, within(0.005));
        assertThat(fixed.lostShare(110)).isCloseTo(0.63, within(0.005));
        assertThat(Durations.of(List.of(900.0), "test").lostShare(110)).isCloseTo(0.88, within(0.005));
    }

    @Test
    void bucketsCountWithTheirMiddle() {
        TreeMap<Double, Double> buckets = new TreeMap<>();
        buckets.put(10.0, 50.0);
        buckets.put(30.0, 100.0);
        buckets.put(Double.POSITIVE_INFINITY, 100.0);

        assertThat(Durations.ofBuckets(buckets, "test").lostShare(10)).isCloseTo(10.0 / 25, within(1e-9));
    }

    @Test
    void nothingKnownLosesNothing() {
        assertThat(Durations.unknown().known()).isFalse();
        assertThat(Durations.unknown().lostShare(1)).isZero();
    }
}
