package dev.agw.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Does what has to be done again and again, until it is closed. A task that fails stops neither the others nor
/// the next tick.
final class Ticker implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Ticker.class.getName());

    private final Duration pause;
    private final List<LongConsumer> tasks;
    private final Thread thread;

    /// Begins at once, on a thread of its own.
    ///
    /// @param pause between two ticks
    /// @param tasks called one after the other, with `System.nanoTime()`
    Ticker(Duration pause, List<LongConsumer> tasks) {
        this.pause = pause;
        this.tasks = List.copyOf(tasks);
        this.thread = Thread.ofPlatform().daemon().name("agw-ticker").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                long now = System.nanoTime();
                tasks.forEach(task -> attempt(task, now));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(LongConsumer task, long now) {
        try {
            task.accept(now);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private static void report(Throwable failure) {
        try {
            LOGGER.log(System.Logger.Level.ERROR, "housekeeping failed; it is tried again", failure);
        } catch (RuntimeException | Error unsaid) {
            // Where memory is short a log line fails, too: then there is nothing to tell, but still much to do.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
