package dev.agw.cli.promql;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers and lengths of time as PromQL writes them, and what can be reckoned without data.
public final class Constants {
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|[smhdwy])");
    private static final Pattern TIMES = Pattern.compile("(?:\\d+(?:ms|[smhdwy]))+");
    private static final Map<String, Double> SECONDS =
            Map.of("ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0, "d", 86_400.0, "w", 604_800.0, "y", 31_536_000.0);
    private static final int HEXADECIMAL = 16;

    private Constants() {}

    static double number(String text) {
        if (text.startsWith("0x")) {
            return Long.parseLong(text.substring(2), HEXADECIMAL);
        }
        return seconds(text).orElseGet(() -> Double.parseDouble(text));
    }

    /// The seconds of `5m` or `1h30m`; empty if it is no length of time.
    public static Optional<Double> seconds(String text) {
        if (!TIMES.matcher(text).matches()) {
            return Optional.empty();
        }
        double seconds = 0;
        for (Matcher matcher = TIME.matcher(text); matcher.find(); ) {
            seconds += Double.parseDouble(matcher.group(1)) * SECONDS.getOrDefault(matcher.group(2), 0.0);
        }
        return Optional.of(seconds);
    }

    /// The value of an expression of numbers alone.
    public static OptionalDouble value(Query query) {
        if (query instanceof Query.Scalar(double value)) {
            return OptionalDouble.of(value);
        }
        if (query instanceof Query.Binary binary) {
            OptionalDouble left = value(binary.left());
            OptionalDouble right = value(binary.right());
            return left.isPresent() && right.isPresent()
                    ? reckoned(binary.operator(), left.getAsDouble(), right.getAsDouble())
                    : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble reckoned(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> OptionalDouble.of(left + right);
            case "-" -> OptionalDouble.of(left - right);
            case "*" -> OptionalDouble.of(left * right);
            case "/" -> OptionalDouble.of(left / right);
            case "%" -> OptionalDouble.of(left % right);
            case "^" -> OptionalDouble.of(Math.pow(left, right));
            default -> OptionalDouble.empty();
        };
    }
}
