package dev.agw.cli.promql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What stands between two sides, by how strongly it binds.
///
/// https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
public final class Operator {
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", "<=", "<", ">=", ">"),
            Set.of("+", "-"),
            Set.of("*", "/", "%", "atan2"),
            Set.of("^"));

    private static final int COMPARISONS = 2;

    private Operator() {}

    /// How strongly the operator at a token binds, from 0; empty if it is none.
    static Optional<Integer> level(Token token) {
        if (token.kind() != Token.Kind.SIGN && token.kind() != Token.Kind.WORD) {
            return Optional.empty();
        }
        String text = token.text().toLowerCase(Locale.ROOT);
        for (int level = 0; level < LEVELS.size(); level++) {
            if (LEVELS.get(level).contains(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /// `^` alone begins from the right.
    static boolean fromTheRight(String operator) {
        return operator.equals("^");
    }

    /// Whether it compares two numbers.
    public static boolean compares(String operator) {
        return LEVELS.get(COMPARISONS).contains(operator);
    }

    /// Whether it takes series as a whole: `and`, `or`, `unless`.
    public static boolean ofSets(String operator) {
        return LEVELS.get(0).contains(operator) || LEVELS.get(1).contains(operator);
    }

    /// The comparison that says the same with its sides exchanged.
    public static String mirrored(String comparison) {
        return switch (comparison) {
            case ">" -> "<";
            case ">=" -> "<=";
            case "<" -> ">";
            case "<=" -> ">=";
            default -> comparison;
        };
    }
}
