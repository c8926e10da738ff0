package dev.agw.schema;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount the way Kubernetes writes it: `500m`, `4`, `100Mi`, `1Gi`; `16KiB` is read too.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
///
/// @param text as it was written
/// @param value the number it stands for
public record Quantity(String text, BigDecimal value) implements WrittenNumber {
    private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)(m|k|[KMGTPE]i?)?B?");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("k", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L),
            Map.entry("P", 1_000_000_000_000_000L),
            Map.entry("E", 1_000_000_000_000_000_000L),
            Map.entry("Ki", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("Pi", 1L << 50),
            Map.entry("Ei", 1L << 60));
    private static final Pattern SMALL = Pattern.compile("(\\d{1,9})([kMG]|[KMG]i)?B?");

    /// Reads an amount.
    ///
    /// @throws InvalidValueException if the text is none
    public static Quantity parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || "K".equals(matcher.group(2))) {
            throw new InvalidValueException("expected an amount such as 500m, 100Mi or 1Gi, found \"" + text + "\"");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        Optional<String> unit = Optional.ofNullable(matcher.group(2));
        BigDecimal value = unit.equals(Optional.of("m"))
                ? number.movePointLeft(3)
                : number.multiply(BigDecimal.valueOf(unit.map(UNITS::get).orElse(1L)));
        return new Quantity(text, value);
    }

    /// The value of an amount that is whole and of at most nine digits and giga, as nearly all are; empty for others,
    /// right or wrong. It takes no [BigDecimal].
    static OptionalLong small(String text) {
        Matcher matcher = SMALL.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long unit = Optional.ofNullable(matcher.group(2)).map(UNITS::get).orElse(1L);
        return OptionalLong.of(Long.parseLong(matcher.group(1)) * unit);
    }

    @Override
    public String toString() {
        return text;
    }
}
