package dev.agw.cli.render;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the expression of an alert compares first, outside of all parentheses: `(errors / all) > ${threshold}`.
///
/// @param left what is compared, unfilled
/// @param operator `>`, `>=`, `<`, `<=`, `==` or `!=`
/// @param value the name of the value that it is compared with; empty if it is none
record Comparison(String left, String operator, Optional<String> value) {
    private static final Pattern PIECE =
            Pattern.compile("\\$\\{[^}]*}|\"[^\"]*\"|[({\\[]|[)}\\]]|[=!]~|[<>=!]=|[<>]", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\s*\\$\\{(\\w+)}.*", Pattern.DOTALL);

    /// The first comparison in `expr`; empty if all of them are within parentheses.
    static Optional<Comparison> of(String expr) {
        Matcher piece = PIECE.matcher(expr);
        int depth = 0;
        while (piece.find()) {
            String found = piece.group();
            if (depth == 0 && found.matches("[<>=!]=|[<>]")) {
                return Optional.of(new Comparison(
                        expr.substring(0, piece.start()).strip(), found, value(expr.substring(piece.end()))));
            }
            depth += found.matches("[({\\[]") ? 1 : 0;
            depth -= found.matches("[)}\\]]") ? 1 : 0;
        }
        return Optional.empty();
    }

    private static Optional<String> value(String right) {
        Matcher name = VALUE.matcher(right);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /// True if what is small is bad.
    boolean below() {
        return operator.startsWith("<");
    }
}
