package dev.agw.cli.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Calls somebody once a second, on a thread of its own, until it is closed.
final class Teller implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final LongConsumer told;
    private final Thread thread;

    /// @param told is given the number of the second, from 1
    Teller(LongConsumer told) {
        this.told = told;
        this.thread = Thread.ofPlatform().daemon().name("bench-progress").start(this::run);
    }

    private void run() {
        try {
            for (long second = 1; !end.await(1, TimeUnit.SECONDS); second++) {
                told.accept(second);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns once it will not be called any more.
    @Override
    public void close() throws InterruptedException {
        end.countDown();
        thread.join();
    }
}
