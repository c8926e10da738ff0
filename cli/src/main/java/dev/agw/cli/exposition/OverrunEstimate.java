package dev.agw.cli.exposition;

import dev.agw.cli.exposition.Distribution.Bucket;
import java.util.List;
import java.util.function.ToDoubleFunction;

/*
 * Two facts hold the share within limits: which bucket each value lies in, and what all values come to together. The values
 * may lie anywhere within their buckets as long as that sum comes out. The share is the least where the values that end in time take as
 * much of the sum as they can, and those in the bucket of the deadline do not spread; it is the most where they take as little,
 * and those in the bucket of the deadline lie at its two ends.
 */
/// Works out the share that overruns a deadline from the buckets of a histogram.
///
/// @param buckets those that hold values, in order
/// @param sum of all values
record OverrunEstimate(List<Bucket> buckets, double sum, double deadline) {
    Overrun overrun() {
        double least = least();
        double most = Math.max(least, most());
        return new Overrun(least / sum, Math.clamp(likely(), least, most) / sum, most / sum);
    }

    private double least() {
        double late = late(bucket -> bucket.count() * (bucket.lower() - deadline));
        double inTime = early(bucket -> bucket.count() * bucket.upper()) + split(bucket -> bucket.count() * deadline);
        double overrun = sum - inTime - late(bucket -> bucket.count() * deadline);
        return Math.max(0, Math.max(late, overrun));
    }

    private double most() {
        double left = sum
                - early(bucket -> bucket.count() * bucket.lower())
                - split(bucket -> bucket.count() * bucket.lower());
        double lateSum = Math.min(late(bucket -> bucket.count() * bucket.upper()), left);
        double rest = Math.min(left - lateSum, split(bucket -> bucket.count() * (bucket.upper() - bucket.lower())));
        double slope = split(bucket -> share(bucket));
        return Math.max(0, lateSum - late(bucket -> bucket.count() * deadline)) + Math.max(0, rest) * slope;
    }

    /// What a second more of the bucket of the deadline adds, at the most.
    private double share(Bucket bucket) {
        return Double.isInfinite(bucket.upper()) ? 1 : (bucket.upper() - deadline) / (bucket.upper() - bucket.lower());
    }

    private double likely() {
        return total(buckets, this::evenly);
    }

    /// Spread evenly; the bucket without an end takes what the others leave of the sum, and knows no memory.
    private double evenly(Bucket bucket) {
        if (Double.isInfinite(bucket.upper())) {
            double excess = Math.max(1e-9, beyond() / bucket.count() - bucket.lower());
            return bucket.lower() >= deadline
                    ? bucket.count() * (bucket.lower() + excess - deadline)
                    : bucket.count() * excess * Math.exp((bucket.lower() - deadline) / excess);
        }
        double from = Math.max(bucket.lower(), deadline);
        double length = Math.max(0, bucket.upper() - from);
        double share = length / (bucket.upper() - bucket.lower());
        return bucket.count() * share * ((from + bucket.upper()) / 2 - deadline);
    }

    private double beyond() {
        return sum
                - total(
                        buckets,
                        bucket -> Double.isInfinite(bucket.upper())
                                ? 0
                                : bucket.count() * (bucket.lower() + bucket.upper()) / 2);
    }

    /// Over the buckets that end in time.
    private double early(ToDoubleFunction<Bucket> value) {
        return total(
                buckets.stream().filter(bucket -> bucket.upper() <= deadline).toList(), value);
    }

    /// Over the bucket that the deadline lies in, if there is one.
    private double split(ToDoubleFunction<Bucket> value) {
        return total(
                buckets.stream()
                        .filter(bucket -> bucket.lower() < deadline && bucket.upper() > deadline)
                        .toList(),
                value);
    }

    /// Over the buckets that begin too late.
    private double late(ToDoubleFunction<Bucket> value) {
        return total(
                buckets.stream().filter(bucket -> bucket.lower() >= deadline).toList(), value);
    }

    private static double total(List<Bucket> buckets, ToDoubleFunction<Bucket> value) {
        return buckets.stream().mapToDouble(value).sum();
    }
}
