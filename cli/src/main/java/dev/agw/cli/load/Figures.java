package dev.agw.cli.load;

import java.util.Locale;

/// Numbers as people read them.
public final class Figures {
    private Figures() {}

    /// `1.25 s`, `12.5 ms`, `125 us`, `0 s`.
    public static String seconds(double seconds) {
        if (seconds == 0) {
            return "0 s";
        }
        if (Double.isInfinite(seconds)) {
            return "beyond the last bucket";
        }
        if (seconds >= 1) {
            return plain(seconds) + " s";
        }
        return seconds >= 0.001 ? plain(seconds * 1e3) + " ms" : plain(seconds * 1e6) + " us";
    }

    /// At most two digits behind the point, none that say nothing: `20`, `1.67`.
    public static String plain(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /// `12.5 %`.
    public static String percent(double share) {
        return plain(share * 100) + " %";
    }

    /// `312 MiB`.
    public static String bytes(double bytes) {
        double mebi = bytes / (1 << 20);
        return mebi >= 1024 ? plain(mebi / 1024) + " GiB" : plain(mebi) + " MiB";
    }
}
