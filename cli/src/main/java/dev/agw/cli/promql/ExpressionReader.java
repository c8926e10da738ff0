package dev.agw.cli.promql;

import dev.agw.schema.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Goes through the pieces of one expression and notes what it speaks of. It knows no precedence and no types: those
/// are for Prometheus to check.
final class ExpressionReader {
    private static final String QUANTILE = "histogram_quantile";
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> AGGREGATION = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "group",
            "stddev",
            "stdvar",
            "count",
            "count_values",
            "bottomk",
            "topk",
            "quantile",
            "limitk",
            "limit_ratio");
    private static final Set<String> OTHER = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
    private static final Set<String> COMPARISON = Set.of(">", ">=", "<", "<=", "==", "!=");
    private static final Set<String> COMPARED = Set.of("=", "!=", "=~", "!~");

    private final List<Token> tokens;
    private final List<Selector> selectors = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<Quantile> quantiles = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private int at;
    private int depth;

    /// Where further matchers of a selector go.
    ///
    /// @param braces whether they stand in braces already
    record Place(int at, boolean braces) {}

    ExpressionReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Expression read() {
        while (here().kind() != Token.Kind.END) {
            step();
        }
        if (depth != 0) {
            throw new InvalidValueException("a parenthesis is not closed");
        }
        return new Expression(selectors, labels, quantiles);
    }

    /// A place per selector, in their order.
    List<Place> places() {
        return places;
    }

    private Token here() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    private void step() {
        if (here().kind() == Token.Kind.WORD) {
            word(here().text());
        } else if (here().is("{")) {
            selector("");
        } else {
            depth += here().is("(") ? 1 : 0;
            depth -= here().is(")") ? 1 : 0;
            if (depth < 0) {
                throw new InvalidValueException("a parenthesis is closed that was not opened");
            }
            at++;
        }
    }

    private void word(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        if (GROUPING.contains(word)) {
            at++;
            grouping();
        } else if (OTHER.contains(word) || (AGGREGATION.contains(word) && aggregates())) {
            at++;
        } else if (next().is("(")) {
            function(name);
        } else {
            at++;
            selector(name);
        }
    }

    /// A metric may be called like an aggregation: only what follows tells.
    private boolean aggregates() {
        return next().is("(") || next().word("by") || next().word("without");
    }

    private void grouping() {
        if (!here().is("(")) {
            return;
        }
        at++;
        while (!here().is(")")) {
            if (here().kind() == Token.Kind.WORD || here().kind() == Token.Kind.STRING) {
                labels.add(here().text());
            } else if (!here().is(",")) {
                throw new InvalidValueException("expected a label in a list, found \"" + here().text() + "\"");
            }
            at++;
        }
        at++;
    }

    private void function(String name) {
        at++;
        if (!name.equals(QUANTILE)) {
            return;
        }
        int before = selectors.size();
        int outside = depth;
        do {
            step();
        } while (depth > outside && here().kind() != Token.Kind.END);
        if (selectors.size() > before) {
            compared(selectors.get(before).name());
        }
    }

    /// Looks behind the quantile, through closing parentheses, without taking anything.
    private void compared(String series) {
        int look = at;
        while (tokens.get(look).is(")")) {
            look++;
        }
        String operator = tokens.get(look).text();
        if (!COMPARISON.contains(operator) || tokens.get(look).kind() != Token.Kind.SIGN) {
            return;
        }
        look += tokens.get(look + 1).word("bool") ? 2 : 1;
        if (tokens.get(look).kind() == Token.Kind.NUMBER && Character.isDigit(last(tokens.get(look)))) {
            quantiles.add(new Quantile(
                    series, operator, Double.parseDouble(tokens.get(look).text())));
        }
    }

    private static char last(Token token) {
        return token.text().charAt(token.text().length() - 1);
    }

    private void selector(String name) {
        List<Selector.Matcher> matchers = new ArrayList<>();
        String found = name;
        places.add(
                here().is("{")
                        ? new Place(here().end(), true)
                        : new Place(tokens.get(at - 1).end(), false));
        if (here().is("{")) {
            at++;
            while (!here().is("}")) {
                if (here().kind() == Token.Kind.STRING && !COMPARED.contains(next().text())) {
                    found = here().text();
                    at++;
                } else if (here().is(",")) {
                    at++;
                } else {
                    matchers.add(matcher());
                }
            }
            at++;
        }
        selectors.add(named(found, matchers));
    }

    private Selector.Matcher matcher() {
        Token label = here();
        Token operator = next();
        Token value = tokens.get(Math.min(at + 2, tokens.size() - 1));
        if (label.kind() == Token.Kind.END
                || !COMPARED.contains(operator.text())
                || value.kind() != Token.Kind.STRING) {
            throw new InvalidValueException("expected label=\"value\" in braces, found \"" + label.text() + "\"");
        }
        at += 3;
        return new Selector.Matcher(label.text(), operator.text(), value.text());
    }

    /// `{__name__="up"}` is the same as `up`.
    private static Selector named(String name, List<Selector.Matcher> matchers) {
        for (Selector.Matcher matcher : matchers) {
            if (name.isEmpty()
                    && matcher.label().equals("__name__")
                    && matcher.operator().equals("=")) {
                return new Selector(
                        matcher.value(),
                        matchers.stream().filter(m -> !m.equals(matcher)).toList());
            }
        }
        return new Selector(name, matchers);
    }
}
