package dev.agw.policy;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts what happened in the last seconds, in one slot per second. Lock-free.
///
/// A slot is one long, the second in its upper and the count in its lower half, so that a slot that is ten seconds
/// old is emptied and counted up in a single step.
final class RecentCount {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /// Masks the lower half of a slot.
    private static final long COUNT = 0xFFFF_FFFFL;

    private final AtomicLongArray slots;

    RecentCount(int seconds) {
        slots = new AtomicLongArray(seconds);
    }

    void add(long nanoTime) {
        int second = second(nanoTime);
        slots.updateAndGet(slot(second), slot -> (isOf(slot, second) ? slot : fresh(second)) + 1);
    }

    long thisSecond(long nanoTime) {
        int second = second(nanoTime);
        long slot = slots.get(slot(second));
        return isOf(slot, second) ? slot & COUNT : 0;
    }

    long sum(long nanoTime) {
        int now = second(nanoTime);
        long sum = 0;
        for (int i = 0; i < slots.length(); i++) {
            long slot = slots.get(i);
            int age = now - (int) (slot >> Integer.SIZE);
            sum += age >= 0 && age < slots.length() ? slot & COUNT : 0;
        }
        return sum;
    }

    private int slot(int second) {
        return Math.floorMod(second, slots.length());
    }

    // The clock may start anywhere, also below zero; 32 bits of seconds last for 68 years of difference.
    private static int second(long nanoTime) {
        return (int) Math.floorDiv(nanoTime, NANOS_PER_SECOND);
    }

    private static boolean isOf(long slot, int second) {
        return (int) (slot >> Integer.SIZE) == second;
    }

    private static long fresh(int second) {
        return (long) second << Integer.SIZE;
    }
}
