package dev.agw.telemetry;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// How often values fell into each bucket, and their sum. Safe and cheap from any thread.
///
/// A scrape between two steps of an observation may miss it in the sum; the buckets always add up to the count.
final class Histogram implements Cell {
    private static final double SECONDS_PER_NANO = 1e-9;
    /// What stands before a bound that is the first of the labels, or a further one.
    private static final byte[] FIRST = {'l', 'e', '=', '"'};

    private static final byte[] FURTHER = {',', 'l', 'e', '=', '"'};

    private final Buckets buckets;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    Histogram(Buckets buckets) {
        this.buckets = buckets;
        this.counts = new LongAdder[buckets.count() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void observe(double value) {
        counts[buckets.indexOf(value)].increment();
        sum.add(value);
    }

    /// Observes a number of things.
    void observeCount(long count) {
        observe((double) count);
    }

    /// Observes a span of time in seconds. A clock that ran backwards counts as no time.
    void observeNanos(long nanos) {
        observe(Math.max(0, nanos) * SECONDS_PER_NANO);
    }

    long count() {
        long total = 0;
        for (LongAdder bucket : counts) {
            total += bucket.sum();
        }
        return total;
    }

    double sum() {
        return sum.sum();
    }

    @Override
    public void write(ByteText page, SampleName name, byte[] labels) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            page.bytes(name.bucket()).bytes(labels).bytes(labels.length == 0 ? FIRST : FURTHER);
            page.bytes(buckets.spelled(i)).number(total).put('\n');
        }
        Cell.begin(page, name.sum(), labels).number(sum.sum()).put('\n');
        Cell.begin(page, name.count(), labels).number(total).put('\n');
    }
}
