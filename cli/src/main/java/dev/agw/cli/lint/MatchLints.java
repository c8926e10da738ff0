package dev.agw.cli.lint;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Operator;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether the two sides of an expression come together.
record MatchLints(Context context, Findings findings) {
    void look(Subject subject) {
        subject.query().visit(part -> {
            if (part instanceof Query.Binary binary
                    && !Shapes.number(binary.left())
                    && !Shapes.number(binary.right())) {
                pair(subject, binary);
            }
        });
    }

    private void pair(Subject subject, Query.Binary binary) {
        Shape left = context.shapes().of(binary.left());
        Shape right = context.shapes().of(binary.right());
        if (!binary.operator().equals("or")) {
            Optional<String> apart = apart(binary, left, right).or(() -> apart(binary, right, left));
            if (apart.isPresent()) {
                findings.add(
                        Lint.NEVER_MATCHES,
                        subject.place(),
                        "the sides of \"" + binary.operator() + "\" never match: one has " + apart.get()
                                + ", the other has not");
                return;
            }
        }
        if (!Operator.ofSets(binary.operator())) {
            single(subject, binary, left, right);
            halves(subject, binary);
        }
    }

    /// The labels that one side has for sure and the other never.
    private static Optional<String> apart(Query.Binary binary, Shape one, Shape other) {
        String labels = one.surely().stream()
                .filter(label -> Shapes.matched(binary.matching(), label) && !other.may(label))
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(labels).filter(some -> !some.isEmpty());
    }

    /// Each match must have one series on the side that `group_left` or `group_right` does not name, or on both.
    private void single(Subject subject, Query.Binary binary, Shape left, Shape right) {
        if (!binary.matching().given()) {
            return;
        }
        Query.Group group = binary.matching().group();
        Set<String> several = new TreeSet<>();
        if (group != Query.Group.LEFT) {
            several.addAll(beyond(binary, left));
        }
        if (group != Query.Group.RIGHT) {
            several.addAll(beyond(binary, right));
        }
        if (!several.isEmpty()) {
            findings.add(
                    Lint.MANY_TO_MANY,
                    subject.place(),
                    "a side of \"" + binary.operator() + "\" has one series per " + String.join(", ", several)
                            + ", which it is not matched by");
        }
    }

    private static List<String> beyond(Query.Binary binary, Shape side) {
        return side.varying().stream()
                .filter(label -> !Shapes.matched(binary.matching(), label))
                .toList();
    }

    private void halves(Subject subject, Query.Binary binary) {
        boolean added = binary.operator().equals("+") || binary.operator().equals("-");
        if (added
                && subject.use() != Subject.Use.PANEL
                && !guarded(binary)
                && !series(binary.left()).equals(series(binary.right()))) {
            findings.add(
                    Lint.HALF_MISSING,
                    subject.place(),
                    "\"" + binary.operator() + "\" of " + series(binary.left()) + " and " + series(binary.right())
                            + " is nothing where one of them is missing");
        }
    }

    private static boolean guarded(Query.Binary binary) {
        return or(binary.left()) || or(binary.right());
    }

    private static boolean or(Query side) {
        return side instanceof Query.Binary binary && binary.operator().equals("or");
    }

    private static String series(Query side) {
        return Expression.selectors(side).stream()
                .map(MatchLints::shown)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String shown(Selector selector) {
        return selector.name()
                + (selector.matchers().isEmpty()
                        ? ""
                        : selector.matchers().stream()
                                .map(matcher -> matcher.label() + matcher.operator() + "\"" + matcher.value() + "\"")
                                .collect(Collectors.joining(",", "{", "}")));
    }
}
