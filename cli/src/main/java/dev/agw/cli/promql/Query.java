package dev.agw.cli.promql;

import java.util.List;
import java.util.function.Consumer;

/// An expression in PromQL, taken apart. Parentheses are gone: the tree says what belongs together. `offset` and `@`
/// are gone, too, as they change nothing of what can be told without data.
public sealed interface Query {
    /// A number, or a length of time in seconds.
    record Scalar(double value) implements Query {}

    /// A string, as some functions take it.
    record Text(String value) implements Query {}

    /// The newest samples of what a selector finds.
    record Series(Selector selector) implements Query {}

    /// The samples within a time: `x[5m]`, `x[1h:5m]`.
    ///
    /// @param range as it stands between the brackets
    record Window(Query of, String range) implements Query {}

    /// A function.
    record Call(String function, List<Query> arguments) implements Query {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// An aggregation; the last argument is what is aggregated.
    record Aggregation(String operator, Grouping grouping, List<Query> arguments) implements Query {
        public Aggregation {
            arguments = List.copyOf(arguments);
        }

        /// What is aggregated.
        public Query of() {
            return arguments.getLast();
        }
    }

    /// Two sides and what is between them; a sign before something is taken from 0.
    ///
    /// @param bool whether a comparison gives 0 and 1 instead of leaving out what does not fulfil it
    record Binary(String operator, boolean bool, Matching matching, Query left, Query right) implements Query {}

    /// Which labels an aggregation keeps.
    ///
    /// @param by whether those named stay, or else all others
    record Grouping(boolean by, List<String> labels) {
        static final Grouping NONE = new Grouping(true, List.of());

        public Grouping {
            labels = List.copyOf(labels);
        }
    }

    /// Which series of two sides belong together.
    ///
    /// @param on whether the labels named have to agree, or else all others
    /// @param group the side that may have several series for one of the other
    /// @param included labels that the other side adds to those of `group`
    record Matching(boolean on, List<String> labels, Group group, List<String> included) {
        static final Matching ALL = new Matching(false, List.of(), Group.NONE, List.of());

        public Matching {
            labels = List.copyOf(labels);
            included = List.copyOf(included);
        }

        /// Whether it says anything.
        public boolean given() {
            return on || !labels.isEmpty();
        }
    }

    /// A side of a match.
    enum Group {
        NONE,
        LEFT,
        RIGHT
    }

    /// Shows `visitor` this expression and all within it, from left to right.
    default void visit(Consumer<Query> visitor) {
        visitor.accept(this);
        parts().forEach(part -> part.visit(visitor));
    }

    /// Whether more than `most` expressions are within each other. It needs no stack, as [#visit] does.
    default boolean deeper(int most) {
        List<Query> level = List.of(this);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth == most) {
                return true;
            }
            level = level.stream().flatMap(query -> query.parts().stream()).toList();
        }
        return false;
    }

    /// What it is made of, from left to right.
    default List<Query> parts() {
        return switch (this) {
            case Scalar scalar -> List.of();
            case Text text -> List.of();
            case Series series -> List.of();
            case Window window -> List.of(window.of());
            case Call call -> call.arguments();
            case Aggregation aggregation -> aggregation.arguments();
            case Binary binary -> List.of(binary.left(), binary.right());
        };
    }
}
