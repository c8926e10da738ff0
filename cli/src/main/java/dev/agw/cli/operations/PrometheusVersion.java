package dev.agw.cli.operations;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.WrittenNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of Prometheus: `2.42`, `v3.5.1`.
///
/// @param text as it was written
public record PrometheusVersion(String text, int major, int minor) implements WrittenNumber {
    private static final Pattern SHAPE = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,4})(\\.\\d{1,4})?");

    /// Reads one.
    ///
    /// @throws InvalidValueException if it is none
    static PrometheusVersion parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("expected a version such as 2.42 or 3.5.1, found \"" + text + "\"");
        }
        return new PrometheusVersion(text, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /// Whether it is that version or a later one.
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    @Override
    public String toString() {
        return text;
    }
}
