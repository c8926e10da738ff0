package dev.agw.cli.load;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// How long something took, in seconds; all 0 if it never happened.
///
/// @param percentiles the middle of each hundredth: 100 values of equal weight that stand for all
public record Times(long count, double mean, double p50, double p95, double p99, double max, List<Double> percentiles) {
    private static final double MICROS = 1e6;

    public Times {
        percentiles = List.copyOf(percentiles);
    }

    static Times of(Histogram micros) {
        return new Times(
                micros.getTotalCount(),
                micros.getMean() / MICROS,
                at(micros, 50),
                at(micros, 95),
                at(micros, 99),
                micros.getMaxValue() / MICROS,
                IntStream.range(0, 100).mapToObj(i -> at(micros, i + 0.5)).toList());
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS;
    }

    /// Whether there is anything to tell.
    boolean any() {
        return count > 0;
    }
}
