package dev.agw.simulator;

import java.util.concurrent.atomic.AtomicLong;

/// Luck that can be repeated: the n-th throw depends on the seed and n alone. Thread-safe.
///
/// The mixing is that of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): a
/// bijection, so no two throws of one run are alike.
final class Dice {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final char[] LETTERS = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int BITS = 5;
    private static final int WORD = 12;

    private final AtomicLong state;

    Dice(long seed) {
        state = new AtomicLong(mix(seed));
    }

    /// 64 bits.
    long next() {
        return mix(state.addAndGet(STEP));
    }

    /// `bits` as a number from 0 to 1, 1 left out.
    static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /// `prefix` and 24 letters and digits that depend on `bits` and the prefix alone.
    static String id(String prefix, long bits) {
        char[] letters = new char[2 * WORD];
        long high = mix(bits ^ prefix.hashCode());
        spell(letters, 0, high);
        spell(letters, WORD, mix(high + STEP));
        return prefix.concat(new String(letters));
    }

    private static void spell(char[] letters, int from, long bits) {
        for (int i = 0; i < WORD; i++) {
            letters[from + i] = LETTERS[(int) (bits >>> (i * BITS)) & (LETTERS.length - 1)];
        }
    }

    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
