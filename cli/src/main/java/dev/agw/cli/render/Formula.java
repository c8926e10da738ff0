package dev.agw.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sums and products of values: `volume * max(0, 1 - 2 * threshold)`. `%` is the remainder; `max` and `min` take two.
final class Formula {
    private static final Pattern PIECE = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?(?:e\\d+)?|[A-Za-z]+|[-+*/%(),])");

    private final String text;
    private final Map<String, Double> values;
    private final Matcher piece;
    private String here = "";

    private Formula(String text, Map<String, Double> values) {
        this.text = text;
        this.values = values;
        this.piece = PIECE.matcher(text);
        advance();
    }

    /// The value of `text`.
    ///
    /// @throws IllegalArgumentException if it is no formula of these values
    static double value(String text, Map<String, Double> values) {
        Formula formula = new Formula(text, values);
        double value = formula.sum();
        if (!formula.here.isEmpty()) {
            throw formula.broken();
        }
        return value;
    }

    private IllegalArgumentException broken() {
        return new IllegalArgumentException("no formula at \"" + here + "\": " + text);
    }

    private void advance() {
        int from = here.isEmpty() ? 0 : piece.end();
        piece.region(from, text.length());
        here = piece.lookingAt() ? piece.group(1) : text.substring(from).strip();
        if (!here.isEmpty() && !piece.hasMatch()) {
            throw broken();
        }
    }

    private boolean taken(String sign) {
        boolean found = here.equals(sign);
        if (found) {
            advance();
        }
        return found;
    }

    private Optional<String> takenOf(List<String> signs) {
        Optional<String> found = signs.stream().filter(here::equals).findFirst();
        found.ifPresent(sign -> advance());
        return found;
    }

    private void expect(String sign) {
        if (!taken(sign)) {
            throw broken();
        }
    }

    private double sum() {
        double value = product();
        for (var sign = takenOf(List.of("+", "-")); sign.isPresent(); sign = takenOf(List.of("+", "-"))) {
            double other = product();
            value = sign.get().equals("+") ? value + other : value - other;
        }
        return value;
    }

    private double product() {
        double value = factor();
        List<String> signs = List.of("*", "/", "%");
        for (var sign = takenOf(signs); sign.isPresent(); sign = takenOf(signs)) {
            double other = factor();
            value = switch (sign.get()) {
                case "*" -> value * other;
                case "/" -> value / other;
                default -> value % other;
            };
        }
        return value;
    }

    private double factor() {
        if (taken("-")) {
            return -factor();
        }
        if (taken("(")) {
            double value = sum();
            expect(")");
            return value;
        }
        String word = here;
        if (word.isEmpty()) {
            throw broken();
        }
        if (Character.isDigit(word.charAt(0))) {
            advance();
            return Double.parseDouble(word);
        }
        return named(word);
    }

    private double named(String word) {
        if (!word.equals("max") && !word.equals("min")) {
            Double value = values.get(word);
            if (value == null) {
                throw broken();
            }
            advance();
            return value;
        }
        advance();
        expect("(");
        double one = sum();
        expect(",");
        double other = sum();
        expect(")");
        return word.equals("max") ? Math.max(one, other) : Math.min(one, other);
    }
}
