package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Quantity;
import java.util.OptionalDouble;

/// Amounts the way Kubernetes writes them.
final class Sizes {
    private Sizes() {}

    /// `500m` as 0.5; empty if it is none.
    static OptionalDouble of(JsonNode amount) {
        try {
            return OptionalDouble.of(Quantity.parse(amount.asText()).value().doubleValue());
        } catch (InvalidValueException none) {
            return OptionalDouble.empty();
        }
    }
}
