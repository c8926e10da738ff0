package dev.agw.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads lengths of time the way Go and the Gateway API write them: `10s`, `1h30m`, `250ms`, `0s`.
///
/// https://gateway-api.sigs.k8s.io/geps/gep-2257/ ; fractions (`1.5h`), `us` and `ns` are read as Go does.
public final class Span {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,12}(?:\\.\\d{1,9})?(?:ns|us|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000L),
            "ms", BigDecimal.valueOf(1_000_000L),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));

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
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(NANOS.getOrDefault(part.group(2), LONGEST)));
        }
        if (nanos.compareTo(LONGEST) > 0) {
            throw refused(text);
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static InvalidValueException refused(String text) {
        return new InvalidValueException(
                "expected a duration such as 10s, 1h30m or 250ms, found \"" + text + "\"",
                text.matches("\\d+") ? "add a unit: \"" + text + "s\" is seconds" : "");
    }
}
