package dev.agw.simulator;

/// Counts values in buckets whose width grows with the value: exact below 128, within 2 % above. Confined to one
/// thread.
final class Histogram {
    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;

    private final long[] counts = new long[(Long.SIZE - STEPS_BITS + 1) * STEPS];
    private long total;

    /// @param value 0 or more
    void add(long value) {
        counts[bucket(value)]++;
        total++;
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /// How many values were added.
    long total() {
        return total;
    }

    /// The value that `share` of all values don't exceed; 0 if there are none.
    ///
    /// @param share 0 to 1; 0.5 is the median
    long percentile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted && counts[i] > 0) {
                return lowest(i);
            }
        }
        return 0;
    }

    /// Values below two times STEPS have a bucket each; above, the highest bits choose it.
    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - STEPS_BITS - Long.numberOfLeadingZeros(value));
        return shift * STEPS + (int) (value >>> shift);
    }

    private static long lowest(int bucket) {
        int shift = Math.max(0, bucket / STEPS - 1);
        return (long) (bucket - shift * STEPS) << shift;
    }
}
