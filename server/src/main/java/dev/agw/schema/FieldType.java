package dev.agw.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may be written as the value of a field, worked out from its Java type and annotations.
public sealed interface FieldType {
    /// What a person is told is expected here.
    String label();

    /// A `String`. If `allowed` is not empty, one of those.
    record Text(List<String> allowed) implements FieldType {
        @Override
        public String label() {
            return allowed.isEmpty() ? "text" : "one of " + String.join(", ", allowed);
        }
    }

    /// A `boolean`.
    record Flag() implements FieldType {
        @Override
        public String label() {
            return "true or false";
        }
    }

    /// An `int` or (if `wide`) a `long`, from `min` to `max`. If `allowed` is not empty, one of those. In `bytes`, a
    /// quantity such as `16Ki` will do.
    record Whole(boolean wide, long min, long max, List<String> allowed, boolean bytes) implements FieldType {
        @Override
        public String label() {
            if (!allowed.isEmpty()) {
                return "one of " + String.join(", ", allowed);
            }
            if (bytes) {
                return "a number of bytes such as 16Ki or 10Mi";
            }
            boolean open = max >= Integer.MAX_VALUE;
            return "a whole number" + (open ? (min == 0 ? "" : " from " + min) : " from " + min + " to " + max);
        }
    }

    /// A `double`.
    record Decimal() implements FieldType {
        @Override
        public String label() {
            return "a number";
        }
    }

    /// A `Duration`; if `seconds`, a bare number will do.
    record Time(boolean seconds) implements FieldType {
        @Override
        public String label() {
            return seconds ? "a number of seconds, or a duration such as 1m30s" : "a duration such as 10s or 250ms";
        }
    }

    /// An enum.
    record Choice(Class<? extends Enum<?>> type) implements FieldType {
        @Override
        public String label() {
            return "one of " + String.join(", ", names());
        }

        /// The values as they are written.
        public List<String> names() {
            return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.toList());
        }
    }

    /// A type that has a reader of its own.
    record Reads(Class<? extends Written> type) implements FieldType {
        @Override
        public String label() {
            if (type == Quantity.class) {
                return "an amount such as 500m or 1Gi";
            }
            return WrittenNumber.class.isAssignableFrom(type) ? "a number, with its unit if it has one" : "text";
        }
    }

    /// Anything at all, kept as it is and not looked into.
    record Tree() implements FieldType {
        @Override
        public String label() {
            return "anything, not checked by agw";
        }
    }

    /// An `Optional`.
    record Maybe(FieldType of) implements FieldType {
        @Override
        public String label() {
            return of.label();
        }
    }

    /// A `List`.
    record ListOf(FieldType of) implements FieldType {
        @Override
        public String label() {
            return "a list, each " + of.label();
        }
    }

    /// A `Map` with texts for keys.
    record MapOf(FieldType of) implements FieldType {
        @Override
        public String label() {
            return "an object with names of your own, each " + of.label();
        }
    }

    /// A record.
    record Structure(Class<? extends Record> type) implements FieldType {
        @Override
        public String label() {
            Shape shape = Shape.of(type);
            return shape.shorthand().isEmpty()
                    ? "an object"
                    : shape.field(shape.shorthand()).type().label() + ", or an object";
        }
    }
}
