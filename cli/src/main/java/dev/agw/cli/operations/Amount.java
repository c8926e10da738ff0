package dev.agw.cli.operations;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Nearest;
import dev.agw.schema.Quantity;
import dev.agw.schema.Span;
import dev.agw.schema.WrittenNumber;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number with its unit, as people write thresholds: `5%`, `40.96s`, `30d`, `512Mi`, `0.5/s`, `10 USD/h`, `10`.
///
/// @param text as it was written
/// @param value in the unit that PromQL reckons in: shares of 1, seconds, bytes
public record Amount(String text, double value, Unit unit) implements WrittenNumber {
    private static final Pattern SHAPE = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*(.*)");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)d");
    private static final double NANOS = 1e9;
    private static final double HUNDRED = 100;
    private static final double SECONDS_OF_A_DAY = 86_400;
    private static final List<String> UNITS = List.of("%", "ms", "s", "m", "h", "d", "Ki", "Mi", "Gi", "/s", "USD/h");

    /// What a number counts.
    public enum Unit {
        NUMBER("a number such as 10"),
        SHARE("a share such as 5%"),
        TIME("a time such as 30s or 1h"),
        BYTES("an amount of memory such as 512Mi"),
        RATE("a rate such as 0.5/s"),
        SPEND("money per hour such as 10 USD/h");

        private final String example;

        Unit(String example) {
            this.example = example;
        }

        /// What a person is told is expected.
        public String example() {
            return example;
        }
    }

    /// Reads one.
    ///
    /// @throws InvalidValueException if it is no number, or its unit is not known
    public static Amount parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    "expected a number with its unit, such as 5% or 30s, found \"" + text + "\"");
        }
        double number = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2);
        return switch (unit) {
            case "" -> new Amount(text, number, Unit.NUMBER);
            case "%" ->
                new Amount(text, BigDecimal.valueOf(number).movePointLeft(2).doubleValue(), Unit.SHARE);
            case "/s" -> new Amount(text, number, Unit.RATE);
            case "USD/h" -> new Amount(text, number, Unit.SPEND);
            case "Ki", "Mi", "Gi" ->
                new Amount(text, Quantity.parse(text).value().doubleValue(), Unit.BYTES);
            default -> time(text, unit);
        };
    }

    private static Amount time(String text, String unit) {
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            return new Amount(text, Double.parseDouble(days.group(1)) * SECONDS_OF_A_DAY, Unit.TIME);
        }
        try {
            return new Amount(text, Span.parse(text).toNanos() / NANOS, Unit.TIME);
        } catch (InvalidValueException unknown) {
            throw new InvalidValueException(
                    "unknown unit \"" + unit + "\" in \"" + text + "\"; units are " + String.join(", ", UNITS),
                    Nearest.hint(unit, UNITS));
        }
    }

    /// That much time.
    public static Amount of(Duration time) {
        return new Amount(time.toSeconds() + "s", time.toNanos() / NANOS, Unit.TIME);
    }

    /// The value as people read it: `5 %`, `30s`, `10`.
    public String shown() {
        return unit == Unit.SHARE ? Numbers.plain(value * HUNDRED) + " %" : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
