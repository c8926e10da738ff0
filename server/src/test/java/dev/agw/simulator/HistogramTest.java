package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, 1000, 123_456_789, Long.MAX_VALUE})
    void keepsValuesWithinTwoPercent(long value) {
        histogram.add(value);

        long kept = histogram.percentile(0.5);
        assertThat(kept).isBetween(value - value / 50, value);
        assertThat(value >= 128 || kept == value).isTrue();
    }

    @Test
    void findsPercentiles() {
        for (int i = 1; i <= 100; i++) {
            histogram.add(i);
        }

        assertThat(histogram.percentile(0.5)).isEqualTo(50);
        assertThat(histogram.percentile(0.99)).isEqualTo(99);
        assertThat(histogram.percentile(1)).isEqualTo(100);
        assertThat(histogram.percentile(0)).isEqualTo(1);
    }

    @Test
    void addsUp() {
        Histogram other = new Histogram();
        other.add(7);
        histogram.add(5);
        histogram.add(other);

        assertThat(histogram.total()).isEqualTo(2);
        assertThat(histogram.percentile(1)).isEqualTo(7);
    }

    @Test
    void isZeroWhileEmpty() {
        assertThat(histogram.percentile(0.99)).isZero();
    }
}
