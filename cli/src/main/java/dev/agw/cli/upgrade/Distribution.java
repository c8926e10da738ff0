package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Sample;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a histogram gathered within the window, over several pods.
///
/// @param cumulative upper bound to how many values are at most that large; the last bound is infinite
record Distribution(SortedMap<Double, Double> cumulative, double sum, double count) {
    Distribution {
        cumulative = Collections.unmodifiableSortedMap(new TreeMap<>(cumulative));
    }

    static Distribution of(List<PodMetrics> pods, String histogram) {
        SortedMap<Double, Double> cumulative = new TreeMap<>();
        double sum = 0;
        double count = 0;
        for (PodMetrics pod : pods) {
            for (Sample bucket : pod.growths(histogram + "_bucket", sample -> true)) {
                cumulative.merge(bound(bucket.label("le")), bucket.value(), Double::sum);
            }
            sum += pod.growth(histogram + "_sum", sample -> true);
            count += pod.growth(histogram + "_count", sample -> true);
        }
        return new Distribution(cumulative, sum, count);
    }

    static double bound(String le) {
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }

    /// The quantile as Prometheus works it out, by a line through its bucket; empty without values.
    Optional<Double> quantile(double q) {
        double rank = q * count;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            if (count > 0 && bucket.getValue() >= rank) {
                return Optional.of(within(lower, bucket.getKey(), below, bucket.getValue(), rank));
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return Optional.empty();
    }

    private static double within(double lower, double upper, double below, double upTo, double rank) {
        if (Double.isInfinite(upper) || upTo == below) {
            return lower;
        }
        return lower + (upper - lower) * (rank - below) / (upTo - below);
    }

    /// The share of what is under way at any moment that goes on for longer than `deadline` seconds:
    /// E\[(X-D)+\]/E\[X\], as long ones are under way more often. Empty without values.
    Optional<Double> lost(double deadline) {
        if (count <= 0 || sum <= 0) {
            return Optional.empty();
        }
        double before = 0;
        double lower = 0;
        double over = 1;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            double upper = Math.min(bucket.getKey(), deadline);
            double overUpper = 1 - bucket.getValue() / count;
            double atUpper =
                    bucket.getKey() > deadline ? cut(lower, bucket.getKey(), over, overUpper, upper) : overUpper;
            before += Math.max(0, upper - lower) * (over + atUpper) / 2;
            lower = upper;
            over = atUpper;
        }
        return Optional.of(Math.max(0, 1 - before / (sum / count)));
    }

    private static double cut(double lower, double upper, double over, double overUpper, double at) {
        return Double.isInfinite(upper) ? over : over + (overUpper - over) * (at - lower) / (upper - lower);
    }
}
