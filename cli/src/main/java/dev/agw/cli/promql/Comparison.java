package dev.agw.cli.promql;

import java.util.Optional;
import java.util.OptionalDouble;

/// Something that is compared with a number, whichever side it stands on.
///
/// @param of what is compared
/// @param operator `>`, `>=`, `<`, `<=`, `==` or `!=`, as if the number stood to its right
/// @param bool whether the comparison gives 0 and 1
public record Comparison(Query of, String operator, double with, boolean bool) {
    /// The comparison that `query` is; empty if it is none, or none with a number.
    public static Optional<Comparison> of(Query query) {
        if (!(query instanceof Query.Binary binary) || !Operator.compares(binary.operator())) {
            return Optional.empty();
        }
        OptionalDouble right = Constants.value(binary.right());
        if (right.isPresent()) {
            return Optional.of(new Comparison(binary.left(), binary.operator(), right.getAsDouble(), binary.bool()));
        }
        OptionalDouble left = Constants.value(binary.left());
        return left.isPresent()
                ? Optional.of(new Comparison(
                        binary.right(), Operator.mirrored(binary.operator()), left.getAsDouble(), binary.bool()))
                : Optional.empty();
    }

    /// Whether it asks for more than the number.
    public boolean above() {
        return operator.startsWith(">");
    }
}
