package dev.agw.cli.exposition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a histogram gathered.
///
/// @param cumulative upper bound to how many values are at most that large; the last bound is infinite
/// @param sum of the values
/// @param count of the values
public record Distribution(SortedMap<Double, Double> cumulative, double sum, double count) {
    /// Values above `lower` and at most `upper`.
    record Bucket(double lower, double upper, double count) {}

    public Distribution {
        cumulative = Collections.unmodifiableSortedMap(new TreeMap<>(cumulative));
    }

    /// Whether there is any value.
    public boolean known() {
        return count > 0 && sum > 0;
    }

    /// The quantile as Prometheus works it out, by a line through its bucket; empty without values.
    public Optional<Double> quantile(double q) {
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

    /// The share of what is under way at any moment that goes on for longer than `deadline` seconds; empty without
    /// values.
    public Optional<Overrun> overrun(double deadline) {
        return known() ? Optional.of(new OverrunEstimate(buckets(), sum, deadline).overrun()) : Optional.empty();
    }

    private List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            if (bucket.getValue() > below) {
                buckets.add(new Bucket(lower, bucket.getKey(), bucket.getValue() - below));
            }
            lower = bucket.getKey();
            below = Math.max(below, bucket.getValue());
        }
        return buckets;
    }
}
