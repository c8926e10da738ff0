package dev.agw.cli.operations;

import java.math.BigDecimal;
import java.math.MathContext;

/// How numbers and times are written where Prometheus reads them.
public final class Numbers {
    private static final MathContext DIGITS = new MathContext(12);
    private static final long[] SIZES = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final double MILLIS = 1000;

    private Numbers() {}

    /// Without an exponent and without zeros at the end: `0.05`, `40.96`, `10`.
    public static String plain(double number) {
        BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /// As PromQL writes a length of time: `5m`, `1h30m`, `0s`.
    public static String time(double seconds) {
        long millis = Math.round(seconds * MILLIS);
        if (millis <= 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SIZES.length; i++) {
            if (millis >= SIZES[i]) {
                text.append(millis / SIZES[i]).append(UNITS[i]);
                millis %= SIZES[i];
            }
        }
        return text.toString();
    }
}
