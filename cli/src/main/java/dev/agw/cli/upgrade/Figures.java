package dev.agw.cli.upgrade;

import java.util.Locale;

/// Numbers as people read them.
final class Figures {
    private static final double WHOLE = 1e15;

    private Figures() {}

    /// `0.83 %`
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /// `12 ms`
    static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.3g ms", seconds * 1000);
    }

    /// `42` or `41.5`
    static String count(double number) {
        return number == Math.rint(number) && Math.abs(number) < WHOLE
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, "%.1f", number);
    }
}
