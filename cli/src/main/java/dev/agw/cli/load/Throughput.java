package dev.agw.cli.load;

import java.util.concurrent.atomic.LongAdder;

/// Complete answers, whenever their requests were sent: of a server that falls behind, what it answers later does
/// not count for the time that it was measured in. Thread-safe.
final class Throughput {
    private final LongAdder answers = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    /// What had been answered at a moment of `System.nanoTime()`.
    record Moment(long nanos, long answers, long tokens) {
        /// What was answered per second since an earlier moment.
        Rates since(Moment earlier) {
            double seconds = Math.max(1, nanos - earlier.nanos) / 1e9;
            return new Rates(seconds, (answers - earlier.answers) / seconds, (tokens - earlier.tokens) / seconds);
        }
    }

    /// A complete answer came.
    void answered(int count) {
        answers.increment();
        tokens.add(count);
    }

    Moment now() {
        return new Moment(System.nanoTime(), answers.sum(), tokens.sum());
    }
}
