package dev.agw.schema;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount the way Kubernetes writes it: `500m`, `4`, `100Mi`, `1Gi`; `16KiB` is read too.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
///
/// @param text as it was written
/// @param value the number it stands for
public record Quantity(String text, BigDecimal value) implements Written {
    private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)(m|k|[KMGTPE]i?)?B?");
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", BigDecimal.valueOf(1_000L)),
            Map.entry("M", BigDecimal.valueOf(1_000_000L)),
            Map.entry("G", BigDecimal.valueOf(1_000_000_000L)),
            Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
            Map.entry("P", BigDecimal.valueOf(1_000_000_000_000_000L)),
            Map.entry("E", BigDecimal.valueOf(1_000_000_000_000_000_000L)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    /// Reads an amount.
    ///
    /// @throws InvalidValueException if the text is none
    public static Quantity parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || "K".equals(matcher.group(2))) {
            throw new InvalidValueException("expected an amount such as 500m, 100Mi or 1Gi, found \"" + text + "\"");
        }
        BigDecimal unit = Optional.ofNullable(matcher.group(2)).map(UNITS::get).orElse(BigDecimal.ONE);
        return new Quantity(text, new BigDecimal(matcher.group(1)).multiply(unit));
    }

    @Override
    public String toString() {
        return text;
    }
}
