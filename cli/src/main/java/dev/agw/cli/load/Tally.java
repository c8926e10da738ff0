package dev.agw.cli.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/// What came of the requests of one phase. Thread-safe.
final class Tally {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Throughput throughput;
    private final Histogram latencies = times();
    private final Histogram firstTokens = times();
    private final Histogram gaps = times();
    private final Histogram lags = times();
    private final LongAdder answered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder underWay = new LongAdder();
    private final LongAccumulator mostUnderWay = new LongAccumulator(Math::max, 0);
    private final Map<String, Histogram> methods = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    /// @param throughput of this phase and of those before and after it
    Tally(Throughput throughput) {
        this.throughput = throughput;
    }

    /// Synchronized, as it is read while it is written: other histograms of the library cannot be.
    private static Histogram times() {
        return new SynchronizedHistogram(1, LONGEST_MICROS, 3);
    }

    private static void add(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS));
    }

    /// A request went out.
    ///
    /// @param lagNanos how much later than it was to
    /// @param others requests that were under way at that moment
    void sent(long lagNanos, int others) {
        add(lags, lagNanos);
        underWay.add(others);
        mostUnderWay.accumulate(others + 1L);
    }

    /// No request went out, as too many were under way.
    void dropped() {
        dropped.increment();
    }

    /// A complete answer.
    void answered(long nanos, int count) {
        add(latencies, nanos);
        answered.increment();
        tokens.add(count);
        throughput.answered(count);
    }

    void firstToken(long nanos) {
        add(firstTokens, nanos);
    }

    /// Time between two tokens of a stream.
    void gap(long nanos) {
        add(gaps, nanos);
    }

    /// An answer to one request of a session.
    void method(String name, long nanos) {
        add(methods.computeIfAbsent(name, any -> times()), nanos);
    }

    /// A request without a complete answer.
    ///
    /// @param why in a few words, the same for all of the kind
    void failed(String why) {
        errors.computeIfAbsent(why, any -> new LongAdder()).increment();
    }

    /// Everything so far.
    Counts counts() {
        Map<String, Long> byReason = new TreeMap<>();
        errors.forEach((why, count) -> byReason.put(why, count.sum()));
        long sent = lags.getTotalCount();
        double mean = sent == 0 ? 0 : (double) underWay.sum() / sent;
        return new Counts(sent, answered.sum(), dropped.sum(), tokens.sum(), byReason, mean, mostUnderWay.get());
    }

    Times latencies() {
        return Times.of(latencies.copy());
    }

    Times firstTokens() {
        return Times.of(firstTokens.copy());
    }

    Times gaps() {
        return Times.of(gaps.copy());
    }

    /// Times by method.
    Map<String, Times> methods() {
        Map<String, Times> times = new TreeMap<>();
        methods.forEach((name, histogram) -> times.put(name, Times.of(histogram.copy())));
        return times;
    }

    Times lags() {
        return Times.of(lags.copy());
    }
}
