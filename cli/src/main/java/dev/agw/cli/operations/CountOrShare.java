package dev.agw.cli.operations;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.WrittenNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of gateways, or a share of those that there are: `2`, `25%`.
///
/// @param share whether it is a percentage
public record CountOrShare(int number, boolean share) implements WrittenNumber {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})(%?)");
    private static final int HUNDRED = 100;

    /// Reads one.
    ///
    /// @throws InvalidValueException if it is neither a number nor a percentage
    static CountOrShare parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("expected a number or a percentage such as 25%, found \"" + text + "\"");
        }
        return new CountOrShare(
                Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /// How many of so many it is; Kubernetes rounds shares up.
    public int of(int all) {
        return share ? Math.ceilDiv(all * number, HUNDRED) : number;
    }

    /// As a manifest has it: a number, or a text.
    public Object value() {
        return share ? toString() : number;
    }

    @Override
    public String toString() {
        return number + (share ? "%" : "");
    }
}
