package dev.agw.cli.sizing;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long requests last: what part of those in flight a deadline cuts off.
///
/// A request in flight is met with a likelihood that grows with its length, and has run for any part of it: of those in
/// flight at a moment the share `E[(X-D)+] / E[X]` has more than `D` to go.
public sealed interface Durations {
    /// The share of the requests in flight that run longer than `deadline` seconds from now.
    double lostShare(double deadline);

    /// Whether there is anything to go by.
    default boolean known() {
        return true;
    }

    /// How it is known, in a few words.
    String origin();

    /// Nothing is known.
    static Durations unknown() {
        return new Samples(new TreeMap<>(), "unknown");
    }

    /// Nothing but the mean is known, in seconds.
    static Durations exponential(double mean) {
        return new Exponential(mean);
    }

    /// These lengths, of equal weight, in seconds.
    static Durations of(List<Double> lengths, String origin) {
        SortedMap<Double, Double> weights = new TreeMap<>();
        lengths.forEach(length -> weights.merge(length, 1.0, Double::sum));
        return new Samples(weights, origin);
    }

    /// The buckets of a histogram, each count holding those before it; a bucket counts with its middle, the one without
    /// bound with the last bound.
    static Durations ofBuckets(SortedMap<Double, Double> cumulative, String origin) {
        SortedMap<Double, Double> weights = new TreeMap<>();
        double lower = 0;
        double before = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            double upper = Double.isInfinite(bucket.getKey()) ? lower : bucket.getKey();
            weights.merge((lower + upper) / 2, Math.max(0, bucket.getValue() - before), Double::sum);
            lower = upper;
            before = bucket.getValue();
        }
        return new Samples(weights, origin);
    }

    /// Lengths that know no memory.
    record Exponential(double mean) implements Durations {
        @Override
        public double lostShare(double deadline) {
            return Math.exp(-deadline / mean);
        }

        @Override
        public String origin() {
            return "assumed: exponential around the mean";
        }
    }

    /// Lengths with their weights.
    record Samples(SortedMap<Double, Double> weights, String origin) implements Durations {
        @Override
        public boolean known() {
            return sum(0) > 0;
        }

        @Override
        public double lostShare(double deadline) {
            return known() ? sum(deadline) / sum(0) : 0;
        }

        private double sum(double above) {
            return weights.entrySet().stream()
                    .mapToDouble(entry -> Math.max(0, entry.getKey() - above) * entry.getValue())
                    .sum();
        }
    }
}
