package dev.agw.cli.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a run has to reach.
///
/// @param bound the last value that is good enough: seconds, per second, a share, or a count
public record Target(Quantity quantity, double bound) {
    private static final Pattern VALUE = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|%)?");
    private static final Map<String, Double> TIMES = Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0);

    /// How a target was met.
    public enum Verdict {
        met,
        missed,
        /// The run did not measure it.
        unknown
    }

    /// The production guide's: 5 s, 15 s and 30 s for 50, 95 and 99 of 100 answers, 1 % of errors, and 70 % of CPU
    /// and 80 % of memory where the gateway's metrics are at hand; and that no arrival was dropped.
    ///
    /// Its `> 100 RPS` is the rate of its own test: here it is that of `plan`, but for 1 %.
    public static List<Target> defaults(Plan plan) {
        return List.of(
                new Target(Quantity.P50, 5),
                new Target(Quantity.P95, 15),
                new Target(Quantity.P99, 30),
                new Target(Quantity.RPS, plan.pace().rate() * 0.99),
                new Target(Quantity.ERRORS, 0.01),
                new Target(Quantity.DROPPED, 0),
                new Target(Quantity.CPU, 0.7),
                new Target(Quantity.MEMORY, 0.8));
    }

    /// Reads `ttft_p95=2s`, `errors=1%`, `rps=100`.
    ///
    /// @throws LoadException it is none
    public static Target parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 0) {
            throw LoadException.wrong("expected a target such as ttft_p95=2s, found \"" + text + "\"");
        }
        Quantity quantity = quantity(text.substring(0, sign).strip());
        return new Target(quantity, bound(quantity, text.substring(sign + 1).strip()));
    }

    private static Quantity quantity(String name) {
        return Arrays.stream(Quantity.values())
                .filter(quantity -> quantity.label().equals(name))
                .findFirst()
                .orElseThrow(() -> LoadException.wrong("no target \"" + name + "\"; there are "
                        + Arrays.stream(Quantity.values()).map(Quantity::label).collect(Collectors.joining(", "))));
    }

    private static double bound(Quantity quantity, String text) {
        Matcher matcher = VALUE.matcher(text);
        String unit = matcher.matches() ? Optional.ofNullable(matcher.group(2)).orElse("") : "none";
        boolean time = quantity.unit() == Quantity.Unit.TIME;
        if (time && TIMES.containsKey(unit)) {
            return Double.parseDouble(matcher.group(1)) * TIMES.getOrDefault(unit, 1.0);
        }
        if (quantity.unit().share() && unit.equals("%")) {
            return Double.parseDouble(matcher.group(1)) / 100;
        }
        if (!time && unit.isEmpty()) {
            return Double.parseDouble(matcher.group(1));
        }
        String expected = time ? "a time such as 2s" : quantity.unit().share() ? "a share such as 1%" : "a number";
        throw LoadException.wrong("target " + quantity.label() + ": expected " + expected + ", found \"" + text + "\"");
    }

    /// Whether `result` reaches it.
    public Verdict verdict(Result result) {
        return quantity.of(result)
                .map(value -> quantity.unit().moreIsBetter() ? value >= bound : value <= bound)
                .map(good -> good ? Verdict.met : Verdict.missed)
                .orElse(Verdict.unknown);
    }

    /// As it is written: `ttft_p95`.
    public String name() {
        return quantity.label();
    }

    /// What a run takes that measures it.
    public String needs() {
        return quantity.needs();
    }

    /// `<= 2 s`.
    String wanted() {
        return (quantity.unit().moreIsBetter() ? ">= " : "<= ") + quantity.text(bound);
    }

    String actual(Result result) {
        return quantity.of(result).map(quantity::text).orElse("not measured");
    }
}
