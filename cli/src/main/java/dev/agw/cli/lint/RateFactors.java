package dev.agw.cli.lint;

import dev.agw.cli.promql.Comparison;
import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Operator;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What the rates of an expression are multiplied with, on their way to what it gives or compares.
///
/// @param recorded recorded expressions by name: a series of that name stands for its expression
record RateFactors(Map<String, Query> recorded) {
    private static final double TINY = 1e-9;

    /// The largest of these factors. Empty if there is no rate, or only such as are compared with 0, which is the same
    /// in every unit.
    OptionalDouble largest(Query query) {
        return largest(query, 1);
    }

    private OptionalDouble largest(Query query, double factor) {
        return switch (query) {
            case Query.Series(Selector selector) -> series(selector.name(), factor);
            case Query.Call call when call.function().equals("rate") -> OptionalDouble.of(factor);
            case Query.Binary binary when Operator.compares(binary.operator()) -> compared(binary, factor);
            case Query.Binary binary -> of(binary, factor * times(binary));
            case Query other -> of(other, factor);
        };
    }

    private OptionalDouble of(Query query, double factor) {
        return query.parts().stream()
                .flatMapToDouble(part -> largest(part, factor).stream())
                .max();
    }

    /// A recorded expression asks for none of its own name: that would never end.
    private OptionalDouble series(String name, double factor) {
        Query query = recorded.get(name);
        if (query == null) {
            return OptionalDouble.empty();
        }
        Map<String, Query> others = new HashMap<>(recorded);
        others.remove(name);
        return new RateFactors(others).largest(query, factor);
    }

    /// `rate(x[5m]) > 10 / 3600` says the same as `rate(x[5m]) * 3600 > 10`.
    private OptionalDouble compared(Query.Binary binary, double factor) {
        boolean nothing = Comparison.of(binary).filter(with -> with.with() == 0).isPresent();
        return nothing ? OptionalDouble.empty() : of(binary, factor * divisor(binary.left()) * divisor(binary.right()));
    }

    private static double divisor(Query side) {
        return side instanceof Query.Binary binary
                        && binary.operator().equals("/")
                        && Constants.value(side).isPresent()
                ? atLeastOne(Constants.value(binary.right()))
                : 1;
    }

    private static double times(Query.Binary binary) {
        return switch (binary.operator()) {
            case "*" -> atLeastOne(Constants.value(binary.left())) * atLeastOne(Constants.value(binary.right()));
            case "/" -> atLeastOne(inverse(Constants.value(binary.right())));
            case String other -> 1;
        };
    }

    private static OptionalDouble inverse(OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() > TINY
                ? OptionalDouble.of(1 / value.getAsDouble())
                : OptionalDouble.empty();
    }

    private static double atLeastOne(OptionalDouble value) {
        return Math.max(1, value.orElse(1));
    }
}
