package dev.agw.schema;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads plain values into what their fields hold; null is a value that was reported. What a [Written] type is made
/// of is never quoted.
final class ScalarBinder {
    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off");
    private static final int LONGEST_QUOTE = 60;
    private static final Pattern PLAIN = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final Map<Class<?>, TextReader> readers = new HashMap<>();
    private final Problems problems;

    ScalarBinder(Map<Class<?>, TextReader> readers, Problems problems) {
        this.readers.put(Quantity.class, (text, at) -> Quantity.parse(text));
        this.readers.putAll(readers);
        this.problems = problems;
    }

    @Nullable
    Object text(FieldType.Text type, Node node, FieldPath path) {
        if (!(node instanceof Node.Scalar scalar) || !textual(scalar)) {
            return unfit(type, node, path);
        }
        return allowed(type.allowed(), scalar) ? Words.shared(scalar.text()) : unfit(type, node, path);
    }

    @Nullable
    Object flag(FieldType.Flag type, Node node, FieldPath path) {
        if (node instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.TEXT) {
            String word = scalar.text().toLowerCase(Locale.ROOT);
            if (YES.contains(word) || NO.contains(word)) {
                return YES.contains(word);
            }
        }
        return unfit(type, node, path);
    }

    @Nullable
    Object whole(FieldType.Whole type, Node node, FieldPath path) {
        OptionalLong small = small(type, node);
        boolean fits = small.isPresent() && small.getAsLong() >= type.min() && small.getAsLong() <= type.max();
        if (!fits || !allowed(type.allowed(), node)) {
            return large(type, node, path);
        }
        return type.wide() ? (Object) small.getAsLong() : (Object) Math.toIntExact(small.getAsLong());
    }

    /// What is plainly a whole number is told without [BigDecimal], see [Span].
    private static OptionalLong small(FieldType.Whole type, Node node) {
        boolean plain = node instanceof Node.Scalar scalar
                && (type.bytes()
                        || (numeric(scalar) && PLAIN.matcher(scalar.text()).matches()));
        return plain ? Quantity.small(((Node.Scalar) node).text()) : OptionalLong.empty();
    }

    private @Nullable Object large(FieldType.Whole type, Node node, FieldPath path) {
        Optional<BigDecimal> read = type.bytes() ? bytes(node) : number(node);
        if (read.isEmpty() || read.get().stripTrailingZeros().scale() > 0 || !allowed(type.allowed(), node)) {
            return unfit(type, node, path);
        }
        BigDecimal number = read.get();
        if (number.compareTo(BigDecimal.valueOf(type.min())) < 0
                || number.compareTo(BigDecimal.valueOf(type.max())) > 0) {
            return unfit(type.label() + (type.bytes() ? ", at most " + type.max() : ""), node, path);
        }
        return type.wide() ? (Object) number.longValueExact() : (Object) number.intValueExact();
    }

    @Nullable
    Object decimal(FieldType.Decimal type, Node node, FieldPath path) {
        if (node instanceof Node.Scalar scalar
                && numeric(scalar)
                && PLAIN.matcher(scalar.text()).matches()) {
            return Double.parseDouble(scalar.text());
        }
        Optional<BigDecimal> number = number(node);
        return number.isPresent() ? (Object) number.get().doubleValue() : unfit(type, node, path);
    }

    @Nullable
    Object time(FieldType.Time type, Node node, FieldPath path) {
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() == Node.Kind.BOOLEAN) {
            return unfit(type, node, path);
        }
        boolean bare = type.seconds() && scalar.text().matches("\\d{1,9}");
        return attempt(() -> Span.parse(bare ? scalar.text() + "s" : scalar.text()), node, path);
    }

    @Nullable
    Object choice(FieldType.Choice type, Node node, FieldPath path) {
        for (Enum<?> value : type.type().getEnumConstants()) {
            if (node instanceof Node.Scalar scalar && value.name().equals(scalar.text())) {
                return value;
            }
        }
        return unfit(type, node, path);
    }

    @Nullable
    Object written(FieldType.Reads type, Node node, FieldPath path) {
        TextReader reader = readers.get(type.type());
        if (reader == null) {
            throw new IllegalStateException("nothing reads " + type.type());
        }
        boolean amount = WrittenNumber.class.isAssignableFrom(type.type());
        if (node instanceof Node.Scalar scalar && (textual(scalar) || (amount && scalar.kind() == Node.Kind.NUMBER))) {
            return attempt(() -> reader.read(scalar.text(), scalar.at()), node, path);
        }
        problems.error(node.at(), path, "expected " + type.label() + ", found " + kind(node), quotes(node));
        return null;
    }

    private @Nullable Object unfit(FieldType type, Node node, FieldPath path) {
        String hint = node instanceof Node.Scalar scalar ? hint(type, scalar) : "";
        problems.error(node.at(), path, "expected " + type.label() + ", found " + found(node), hint);
        return null;
    }

    private @Nullable Object unfit(String expected, Node node, FieldPath path) {
        problems.error(node.at(), path, "expected " + expected + ", found " + found(node), "");
        return null;
    }

    /// Notes that something of another shape was expected. A plain value is not quoted: it may be a secret, put in
    /// the place of the object that should have referred to it.
    @Nullable
    Object misshapen(String expected, Node node, FieldPath path) {
        problems.error(node.at(), path, "expected " + expected + ", found " + kind(node), "");
        return null;
    }

    private @Nullable Object attempt(Supplier<?> reading, Node node, FieldPath path) {
        try {
            return reading.get();
        } catch (InvalidValueException refused) {
            problems.error(node.at(), path, refused.message(), refused.hint());
            return null;
        }
    }

    private static boolean numeric(Node.Scalar scalar) {
        return scalar.kind() == Node.Kind.NUMBER || scalar.kind() == Node.Kind.ANY;
    }

    private static boolean textual(Node.Scalar scalar) {
        return scalar.kind() == Node.Kind.TEXT || scalar.kind() == Node.Kind.ANY;
    }

    private static boolean allowed(List<String> allowed, Node node) {
        return allowed.isEmpty() || (node instanceof Node.Scalar scalar && allowed.contains(scalar.text()));
    }

    private static Optional<BigDecimal> number(Node node) {
        if (!(node instanceof Node.Scalar scalar) || !numeric(scalar)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(scalar.text()));
        } catch (NumberFormatException expected) {
            // An environment variable may hold anything; the caller says what was expected.
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> bytes(Node node) {
        try {
            return node instanceof Node.Scalar scalar
                    ? Optional.of(Quantity.parse(scalar.text()).value())
                    : Optional.empty();
        } catch (InvalidValueException expected) {
            // The caller says what was expected.
            return Optional.empty();
        }
    }

    private static String hint(FieldType type, Node.Scalar scalar) {
        return switch (type) {
            case FieldType.Choice choice -> meant(scalar.text(), choice.names());
            case FieldType.Text text -> meant(scalar.text(), text.allowed()) + quotes(scalar);
            case FieldType.Whole w
            when scalar.kind() == Node.Kind.TEXT && scalar.text().matches("\\d+") -> "take away the quotes";
            case FieldType.Flag f
            when scalar.kind() == Node.Kind.TEXT && YES.contains(scalar.text()) -> "take away the quotes";
            case FieldType other -> "";
        };
    }

    private static String meant(String written, List<String> names) {
        return Nearest.name(written, names)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElse("");
    }

    private static String quotes(Node node) {
        return node instanceof Node.Scalar scalar && !textual(scalar) && !scalar.nothing() ? "put it in quotes" : "";
    }

    private static String found(Node node) {
        if (!(node instanceof Node.Scalar scalar) || scalar.nothing()) {
            return kind(node);
        }
        String text = scalar.text();
        String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return switch (scalar.kind()) {
            case NUMBER -> "the number " + shown;
            case BOOLEAN -> shown;
            case TEXT, ANY, NOTHING -> "\"" + shown + "\"";
        };
    }

    private static String kind(Node node) {
        return switch (node) {
            case Node.Mapping m -> "an object";
            case Node.Sequence s -> "a list";
            case Node.Scalar s ->
                switch (s.kind()) {
                    case TEXT, ANY -> "text";
                    case NUMBER -> "a number";
                    case BOOLEAN -> "true or false";
                    case NOTHING -> "nothing";
                };
        };
    }
}
