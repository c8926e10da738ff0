package dev.agw.cli.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
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

        assertThat(likely(even, 25)).isCloseTo(0.67, within(0.01));
        assertThat(likely(even, 55)).isCloseTo(0.31, within(0.01));
        assertThat(likely(even, 110)).isCloseTo(0.007, within(0.001));
        assertThat(likely(even, 120)).isCloseTo(0, within(1e-9));
    }

    @Test
    void whatAllEndsInTimeIsNotCut() {
        Distribution short24 = all(100, 2.4);

        assertThat(short24.overrun(60)).contains(Overrun.exactly(0));
    }

    @Test
    void theSumTellsWhereInAWideBucketValuesLie() {
        Overrun overrun = all(100, 79).overrun(60).orElseThrow();

        assertThat(overrun.least()).isCloseTo(19.0 / 79, within(1e-9));
        assertThat(overrun.most()).isBetween(19.0 / 79, 0.26);
        assertThat(overrun.likely()).isBetween(overrun.least(), overrun.most());
    }

    @Test
    void valuesBeyondTheLastBoundCountWithTheirSum() {
        Distribution long300 = all(100, 300);

        assertThat(long300.overrun(110).orElseThrow().least()).isCloseTo(190.0 / 300, within(1e-9));
        assertThat(long300.overrun(60).orElseThrow()).isEqualTo(Overrun.exactly(240.0 / 300));
    }

    @Test
    void limitsHoldForAnyLengths() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            double[] lengths = random.doubles(20, 0.1, 150).toArray();
            double deadline = random.nextDouble(0.5, 140);
            double overrun = Arrays.stream(lengths)
                            .map(length -> Math.max(0, length - deadline))
                            .sum()
                    / Arrays.stream(lengths).sum();

            Overrun found = of(lengths).overrun(deadline).orElseThrow();

            assertThat(overrun).isBetween(found.least() - 1e-9, found.most() + 1e-9);
            assertThat(found.likely()).isBetween(found.least(), found.most());
        }
    }

    private static double likely(Distribution distribution, double deadline) {
        return distribution.overrun(deadline).orElseThrow().likely();
    }

    private static Distribution all(int count, double length) {
        double[] lengths = new double[count];
        Arrays.fill(lengths, length);
        return of(lengths);
    }

    private static Distribution of(double... lengths) {
        TreeMap<Double, Double> buckets = new TreeMap<>();
        for (double bound : new double[] {1, 2.5, 5, 10, 30, 80, INFINITE}) {
            buckets.put(bound, (double)
                    Arrays.stream(lengths).filter(length -> length <= bound).count());
        }
        return new Distribution(buckets, Arrays.stream(lengths).sum(), lengths.length);
    }
}
