package dev.agw.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `768Mi`, `64Ki`, `1Gi`.
final class ByteCount implements ITypeConverter<Double> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi)");
    private static final Map<String, Double> UNITS =
            Map.of("Ki", 1024.0, "Mi", 1024.0 * 1024, "Gi", 1024.0 * 1024 * 1024);

    @Override
    public Double convert(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected a size such as 64Ki, 768Mi or 1Gi, found \"" + text + "\"");
        }
        return Double.parseDouble(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1.0);
    }
}
