package dev.agw.gateway;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Does what has to be done again and again, until it is closed. A task that fails is counted, and stops neither the
/// others nor the next tick.
final class Ticker implements AutoCloseable {
    /// What is done at each tick.
    ///
    /// @param work called with `System.nanoTime()`
    record Task(Chore chore, LongConsumer work) {}

    private final Duration pause;
    private final Housekeeping housekeeping;
    private final List<Task> tasks;
    private final Thread thread;

    /// Begins at once, on a thread of its own.
    ///
    /// @param pause between two ticks
    /// @param tasks done one after the other
    Ticker(Duration pause, Housekeeping housekeeping, List<Task> tasks) {
        this.pause = pause;
        this.housekeeping = housekeeping;
        this.tasks = List.copyOf(tasks);
        this.thread = Thread.ofPlatform().daemon().name("agw-ticker").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                tick(System.nanoTime());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(long now) {
        for (Task task : tasks) {
            try {
                task.work().accept(now);
            } catch (RuntimeException | Error e) {
                housekeeping.failed(task.chore(), e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
