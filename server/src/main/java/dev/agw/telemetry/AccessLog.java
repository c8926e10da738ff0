package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Two batches. Requests write their lines into the one under a lock that is held for about a microsecond; the writer swaps
 * it for the other and puts it out without the lock. So there is no object, no copy and no hand-over per line. The writer
 * sleeps until a batch has a first line and then lingers a little, so that it is woken once per pause and not once per
 * line: waking a thread costs more than writing a line.
 *
 * When the output cannot keep up, new lines are dropped and counted; those already accepted keep their order.
 */
/// The access log: one JSON object per exchange and line, written by a thread of its own.
///
/// ```json
/// {"time":"2026-11-22T12:00:00.000Z","request_id":"…","gateway":"ns/gw","listener":"http","route":"ns/chat",…}
/// ```
public final class AccessLog implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(AccessLog.class.getName());
    /// Bytes of a batch beyond which lines are dropped.
    private static final int BATCH_LIMIT = 1 << 20;
    private static final Duration LINGER = Duration.ofMillis(20);
    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(5);

    /// Lines that wait to be written.
    private static final class Batch {
        private final ByteText text = new ByteText();
        private final AccessLine line = new AccessLine(text);
        private int lines;

        void clear() {
            text.truncate(0);
            lines = 0;
        }
    }

    private final OutputStream out;
    private final GatewayMetrics metrics;
    private final int batchLimit;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private Batch filling = new Batch();
    private Batch writing = new Batch();
    private boolean closed;
    private boolean broken;

    private AccessLog(OutputStream out, GatewayMetrics metrics, int batchLimit) {
        this.out = out;
        this.metrics = metrics;
        this.batchLimit = batchLimit;
        this.writer = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
    }

    /// Starts a log that writes to `out`, which stays open when the log is closed.
    public static AccessLog start(OutputStream out, GatewayMetrics metrics) {
        return start(out, metrics, BATCH_LIMIT);
    }

    static AccessLog start(OutputStream out, GatewayMetrics metrics, int batchLimit) {
        AccessLog log = new AccessLog(out, metrics, batchLimit);
        log.writer.start();
        return log;
    }

    /// Adds the line of an exchange that is over; drops and counts it if the output is too slow.
    public void write(Exchange exchange) {
        lock.lock();
        try {
            if (closed || filling.text.length() >= batchLimit) {
                metrics.logLinesDropped(1);
                return;
            }
            add(exchange);
            if (filling.lines == 1 || filling.text.length() >= batchLimit / 2) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Exchange exchange) {
        int start = filling.text.length();
        boolean whole = false;
        try {
            filling.line.write(exchange);
            filling.lines++;
            whole = true;
        } finally {
            if (!whole) {
                filling.text.truncate(start);
            }
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                more = takeBatch();
                if (more) {
                    put(writing);
                }
            } catch (RuntimeException | Error e) {
                metrics.housekeeping().failed(Chore.ACCESS_LOG, e);
            }
        }
    }

    /// Waits for lines and swaps the batches; false when the log is closed and everything is written.
    private boolean takeBatch() {
        lock.lock();
        try {
            while (filling.lines == 0 && !closed) {
                work.awaitUninterruptibly();
            }
            linger();
            Batch full = filling;
            filling = writing;
            writing = full;
            return full.lines > 0;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        long left = LINGER.toNanos();
        try {
            while (left > 0 && !closed && filling.text.length() < batchLimit / 2) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Batch batch) {
        boolean written = false;
        try {
            batch.text.writeTo(out);
            out.flush();
            broken = false;
            written = true;
        } catch (IOException e) {
            if (!broken) {
                LOGGER.log(System.Logger.Level.WARNING, "the access log cannot be written: " + e.getMessage());
            }
            broken = true;
        } finally {
            if (!written) {
                metrics.logLinesDropped(batch.lines);
            }
            batch.clear();
        }
    }

    /// Writes what is left, waiting for a slow output at most 5 seconds. Later lines are dropped.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(TimeUnit.NANOSECONDS.toMillis(DRAIN_DEADLINE.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
