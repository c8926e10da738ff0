package dev.agw.schema;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * Reckons in long, as Quantity does where it can: the first BigDecimal of a process works out powers for 20 ms.
 */
/// Reads lengths of time the way Go and the Gateway API write them: `10s`, `1h30m`, `250ms`, `0s`.
///
/// https://gateway-api.sigs.k8s.io/geps/gep-2257/ ; fractions (`1.5h`), `us` and `ns` are read as Go does.
public final class Span {
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,12}(?:\\.\\d{1,9})?(?:ns|us|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(\\.\\d+)?(ns|us|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Span() {}

    /// Reads a length of time.
    ///
    /// @throws InvalidValueException if the text is no length of time, or one of more than 292 years
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!WHOLE.matcher(text).matches()) {
            throw refused(text);
        }
        try {
            return Duration.ofNanos(nanos(PART.matcher(text)));
        } catch (ArithmeticException tooLong) {
            throw refused(text);
        }
    }

    private static long nanos(Matcher part) {
        long nanos = 0;
        while (part.find()) {
            long unit = NANOS.getOrDefault(part.group(3), 1L);
            nanos = Math.addExact(nanos, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
            nanos = Math.addExact(nanos, fraction(Optional.ofNullable(part.group(2)), unit));
        }
        return nanos;
    }

    private static long fraction(Optional<String> written, long unit) {
        return written.map(fraction -> Math.round(Double.parseDouble(fraction) * unit))
                .orElse(0L);
    }

    private static InvalidValueException refused(String text) {
        return new InvalidValueException(
                "expected a duration such as 10s, 1h30m or 250ms, found \"" + text + "\"",
                text.matches("\\d+") ? "add a unit: \"" + text + "s\" is seconds" : "");
    }
}
