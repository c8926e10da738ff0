package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void quantilesLieOnALineThroughTheirBucket() {
        Distribution distribution =
                new Distribution(new TreeMap<>(Map.of(1.0, 50.0, 2.0, 100.0, INFINITE, 100.0)), 100, 100);

        assertThat(distribution.quantile(0.75)).contains(1.5);
        assertThat(new Distribution(new TreeMap<>(), 0, 0).quantile(0.75)).isEmpty();
    }

    @Test
    void neverTellsAQuantileBeyondTheLastBound() {
        Distribution distribution = new Distribution(new TreeMap<>(Map.of(1.0, 1.0, INFINITE, 100.0)), 5000, 100);

        assertThat(distribution.quantile(0.95)).contains(1.0);
    }

    /// Durations spread evenly from 30 to 120 s.
    @Test
    void tellsTheShareThatADeadlineCuts() {
        TreeMap<Double, Double> buckets = new TreeMap<>();
        for (double bound = 30; bound <= 120; bound += 10) {
            buckets.put(bound, (bound - 30) / 90 * 900);
        }
        buckets.put(INFINITE, 900.0);
        Distribution even = new Distribution(buckets, 900 * 75, 900);

        assertThat(even.lost(25).orElseThrow()).isCloseTo(0.67, within(0.01));
        assertThat(even.lost(55).orElseThrow()).isCloseTo(0.31, within(0.01));
        assertThat(even.lost(110).orElseThrow()).isCloseTo(0.007, within(0.001));
        assertThat(even.lost(120).orElseThrow()).isCloseTo(0, within(1e-9));
    }
}
