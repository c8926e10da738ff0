package dev.agw.cli.sizing;

import dev.agw.cli.exposition.Distribution;
import dev.agw.cli.exposition.Overrun;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long requests last: what part of those in flight a deadline cuts off.
///
/// A request in flight is met with a likelihood that grows with its length, and has run for any part of it: of those in
/// flight at a moment the share `E[(X-D)+] / E[X]` has more than `D` to go.
public sealed interface Durations {
    /// The share of the requests in flight that run longer than `deadline` seconds from now.
    Overrun overrun(double deadline);

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

    /// As a histogram has gathered them.
    static Durations of(Distribution distribution, String origin) {
        return new Gathered(distribution, origin);
    }

    /// Lengths that know no memory.
    record Exponential(double mean) implements Durations {
        @Override
        public Overrun overrun(double deadline) {
            return Overrun.exactly(Math.exp(-deadline / mean));
        }

        @Override
        public String origin() {
            return "assumed: exponential around the mean";
        }
    }

    /// Lengths in buckets.
    record Gathered(Distribution distribution, String origin) implements Durations {
        @Override
        public boolean known() {
            return distribution.known();
        }

        @Override
        public Overrun overrun(double deadline) {
            return distribution.overrun(deadline).orElse(Overrun.exactly(0));
        }
    }

    /// Lengths with their weights.
    record Samples(SortedMap<Double, Double> weights, String origin) implements Durations {
        @Override
        public boolean known() {
            return sum(0) > 0;
        }

        @Override
        public Overrun overrun(double deadline) {
            return Overrun.exactly(known() ? sum(deadline) / sum(0) : 0);
        }

        private double sum(double above) {
            return weights.entrySet().stream()
                    .mapToDouble(entry -> Math.max(0, entry.getKey() - above) * entry.getValue())
                    .sum();
        }
    }
}
