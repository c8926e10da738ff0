package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Amount;
import java.util.List;

/// The units of panels, as Grafana calls them.
final class Units {
    private static final List<String> SHARES = List.of("percentunit");
    private static final List<String> TIMES = List.of("s", "dtdurations");
    private static final List<String> BYTES = List.of("bytes", "decbytes");
    private static final List<String> RATES = List.of("reqps", "ops", "cps", "rps", "wps");
    private static final List<String> SPENDING = List.of("currencyUSD");

    /// All that a panel may have.
    static final List<String> KNOWN = List.of(
            "none",
            "short",
            "percent",
            "percentunit",
            "s",
            "ms",
            "dtdurations",
            "bytes",
            "decbytes",
            "Bps",
            "binBps",
            "reqps",
            "ops",
            "cps",
            "rps",
            "wps",
            "currencyUSD",
            "bool",
            "bool_yes_no",
            "bool_on_off",
            "dateTimeAsIso",
            "dateTimeFromNow",
            "string");

    private Units() {}

    /// Whether a line at an amount of that unit means something in a panel of `unit`.
    static boolean fit(String unit, Amount.Unit amount) {
        return switch (amount) {
            case SHARE -> SHARES.contains(unit);
            case TIME -> TIMES.contains(unit);
            case BYTES -> BYTES.contains(unit);
            case RATE -> RATES.contains(unit);
            case SPEND -> SPENDING.contains(unit);
            case NUMBER -> List.of("none", "short").contains(unit);
        };
    }
}
