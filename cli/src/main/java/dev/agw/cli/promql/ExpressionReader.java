package dev.agw.cli.promql;

import dev.agw.cli.promql.Query.Grouping;
import dev.agw.cli.promql.Query.Matching;
import dev.agw.schema.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads one expression. It knows no types: those are for Prometheus to check.
///
/// https://prometheus.io/docs/prometheus/latest/querying/basics/
final class ExpressionReader {
    private static final Set<String> AGGREGATIONS = Set.of(
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

    /// What is nested deeper, or a longer sum, is refused, before somebody who walks through it runs out of stack.
    private static final int DEEPEST = 250;

    private final TokenStream tokens;
    private final List<Place> places = new ArrayList<>();
    private int depth;

    /// Where further matchers of a selector go.
    ///
    /// @param braces whether they stand in braces already
    record Place(Selector selector, int at, boolean braces) {}

    ExpressionReader(List<Token> tokens) {
        this.tokens = new TokenStream(tokens);
    }

    /// The whole expression.
    Query read() {
        Query query = binary(0);
        if (tokens.here().is(")")) {
            throw new InvalidValueException("a parenthesis is closed that was not opened");
        }
        if (tokens.here().kind() != Token.Kind.END) {
            throw tokens.unexpected("an operator");
        }
        if (query.deeper(DEEPEST)) {
            throw tooDeep();
        }
        return query;
    }

    /// Where each selector stands that was read, in their order.
    List<Place> places() {
        return places;
    }

    private static InvalidValueException tooDeep() {
        return new InvalidValueException("expected at most " + DEEPEST + " parts within each other, or in a row");
    }

    private Query binary(int lowest) {
        if (++depth > DEEPEST) {
            throw tooDeep();
        }
        Query query = chain(lowest);
        depth--;
        return query;
    }

    private Query chain(int lowest) {
        Query left = unary();
        for (Optional<Integer> level = tokens.level(lowest); level.isPresent(); level = tokens.level(lowest)) {
            String operator = tokens.take().text().toLowerCase(Locale.ROOT);
            boolean bool = tokens.taken("bool");
            Matching matching = matching();
            Query right = binary(Operator.fromTheRight(operator) ? level.get() : level.get() + 1);
            left = new Query.Binary(operator, bool, matching, left, right);
        }
        return left;
    }

    /// A sign binds as a product does: -2^2 is -4.
    private Query unary() {
        while (tokens.takenSign("+")) {} // says nothing
        if (!tokens.takenSign("-")) {
            return modified(primary());
        }
        Query of = binary(Operator.level(new Token(Token.Kind.SIGN, "^", 0)).orElseThrow());
        return new Query.Binary("-", false, Matching.ALL, new Query.Scalar(0), of);
    }

    private Matching matching() {
        boolean on = tokens.taken("on");
        boolean ignoring = !on && tokens.taken("ignoring");
        List<String> labels = on || ignoring ? tokens.labels() : List.of();
        Query.Group group = Query.Group.NONE;
        if (tokens.taken("group_left")) {
            group = Query.Group.LEFT;
        } else if (tokens.taken("group_right")) {
            group = Query.Group.RIGHT;
        }
        boolean includes =
                group != Query.Group.NONE && (on || ignoring) && tokens.here().is("(") && tokens.listOfLabels();
        return new Matching(on, labels, group, includes ? tokens.labels() : List.of());
    }

    private Query primary() {
        Token here = tokens.here();
        return switch (here.kind()) {
            case NUMBER -> new Query.Scalar(Constants.number(tokens.take().text()));
            case STRING -> new Query.Text(tokens.take().text());
            case WORD -> word();
            case SIGN -> here.is("{") ? series("") : parenthesis();
            case RANGE, END -> throw tokens.unexpected("a metric, a number or a function");
        };
    }

    private Query parenthesis() {
        tokens.expect("(");
        Query inside = binary(0);
        tokens.expect(")");
        return inside;
    }

    private Query word() {
        String name = tokens.take().text();
        String word = name.toLowerCase(Locale.ROOT);
        if (word.equals("inf") || word.equals("nan")) {
            return new Query.Scalar(word.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        if (AGGREGATIONS.contains(word) && aggregates()) {
            return aggregation(word);
        }
        return tokens.here().is("(") ? new Query.Call(name, arguments()) : series(name);
    }

    private Query series(String name) {
        boolean braces = tokens.here().is("{");
        int at = braces ? tokens.here().end() : tokens.before().end();
        Selector selector = new SelectorReader(tokens).read(name);
        places.add(new Place(selector, at, braces));
        return new Query.Series(selector);
    }

    /// A metric may be called like an aggregation: only what follows tells.
    private boolean aggregates() {
        return tokens.here().is("(")
                || tokens.here().word("by")
                || tokens.here().word("without");
    }

    private Query aggregation(String operator) {
        Optional<Grouping> before = grouping();
        List<Query> arguments = arguments();
        if (arguments.isEmpty()) {
            throw new InvalidValueException("expected something to aggregate in " + operator + "()");
        }
        Grouping grouping = before.or(this::grouping).orElse(Grouping.NONE);
        return new Query.Aggregation(operator, grouping, arguments);
    }

    private Optional<Grouping> grouping() {
        if (tokens.taken("by")) {
            return Optional.of(new Grouping(true, tokens.labels()));
        }
        return tokens.taken("without") ? Optional.of(new Grouping(false, tokens.labels())) : Optional.empty();
    }

    private List<Query> arguments() {
        List<Query> arguments = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.takenSign(")")) {
            arguments.add(binary(0));
            if (!tokens.takenSign(",") && !tokens.here().is(")")) {
                throw tokens.unclosed();
            }
        }
        return arguments;
    }

    /// What may stand behind a vector: a range, `offset`, `@`.
    private Query modified(Query query) {
        Query modified = query;
        while (true) {
            if (tokens.here().kind() == Token.Kind.RANGE) {
                modified = new Query.Window(modified, tokens.take().text());
            } else if (tokens.taken("offset")) {
                tokens.takenSign("-");
                tokens.take();
            } else if (tokens.takenSign("@")) {
                at();
            } else {
                return modified;
            }
        }
    }

    private void at() {
        tokens.takenSign("-");
        if (tokens.take().kind() == Token.Kind.WORD) {
            tokens.expect("(");
            tokens.expect(")");
        }
    }
}
