package dev.agw.cli.operations;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Written;
import java.util.regex.Pattern;

/// Which values of the label `job` are meant. Less than a regular expression, so that a test can name one of them.
///
/// @param text alternatives with `|` between them, each a name with `.*` for what varies
public record JobPattern(String text) implements Written {
    private static final Pattern SHAPE = Pattern.compile("([\\w/-]|\\.\\*)+(\\|([\\w/-]|\\.\\*)+)*");

    /// Reads one.
    ///
    /// @throws InvalidValueException if there is more to it than names, `.*` and `|`
    static JobPattern parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new InvalidValueException(
                    "expected names with .* for what varies and | between alternatives, found \"" + text + "\"");
        }
        return new JobPattern(text);
    }

    /// A value that is meant.
    public String example() {
        int end = text.indexOf('|');
        return (end < 0 ? text : text.substring(0, end)).replace(".*", "x");
    }

    @Override
    public String toString() {
        return text;
    }
}
