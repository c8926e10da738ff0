package dev.agw.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One component of a record, as a field of a document.
///
/// @param names how it is spelled; the first is the proper one
/// @param doc what it means, its default and unit
/// @param required true if a document must have it
public record Field(List<String> names, FieldType type, Doc doc, boolean required) {
    static Field of(RecordComponent component) {
        FieldType type = type(component.getGenericType(), component);
        Doc doc = Optional.ofNullable(component.getAnnotation(Doc.class))
                .orElseThrow(() -> new IllegalStateException("no @Doc on " + component));
        List<String> names = Optional.ofNullable(component.getAnnotation(Key.class))
                .map(key -> List.of(key.value()))
                .orElse(List.of(component.getName()));
        return new Field(names, type, doc, required(type, doc));
    }

    public String name() {
        return names.get(0);
    }

    private static boolean required(FieldType type, Doc doc) {
        return switch (type) {
            case FieldType.Maybe m -> false;
            case FieldType.ListOf l -> false;
            case FieldType.MapOf m -> false;
            case FieldType.Structure s -> Shape.of(s.type()).incomplete();
            case FieldType.Text t -> doc.byDefault().isEmpty();
            case FieldType.Flag f -> doc.byDefault().isEmpty();
            case FieldType.Whole w -> doc.byDefault().isEmpty();
            case FieldType.Decimal d -> doc.byDefault().isEmpty();
            case FieldType.Time t -> doc.byDefault().isEmpty();
            case FieldType.Choice c -> doc.byDefault().isEmpty();
            case FieldType.Reads r -> doc.byDefault().isEmpty();
            case FieldType.Tree t -> true;
        };
    }

    private static FieldType type(Type type, AnnotatedElement notes) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            FieldType last = type(of[of.length - 1], notes);
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return new FieldType.Maybe(last);
            }
            return raw == List.class ? new FieldType.ListOf(last) : new FieldType.MapOf(last);
        }
        return plain((Class<?>) type, notes);
    }

    private static FieldType plain(Class<?> type, AnnotatedElement notes) {
        if (type == String.class) {
            return new FieldType.Text(allowed(notes));
        }
        if (type == boolean.class || type == Boolean.class) {
            return new FieldType.Flag();
        }
        if (type == int.class || type == Integer.class) {
            return whole(false, Integer.MAX_VALUE, notes);
        }
        if (type == long.class || type == Long.class) {
            return whole(true, Long.MAX_VALUE, notes);
        }
        if (type == double.class || type == Double.class) {
            return new FieldType.Decimal();
        }
        if (type == Duration.class) {
            return new FieldType.Time(unit(notes).equals("seconds"));
        }
        return type == JsonNode.class ? new FieldType.Tree() : named(type);
    }

    @SuppressWarnings("unchecked") // isEnum says what the cast needs
    private static FieldType named(Class<?> type) {
        if (type.isEnum()) {
            return new FieldType.Choice((Class<? extends Enum<?>>) type);
        }
        if (Written.class.isAssignableFrom(type)) {
            return new FieldType.Reads(type.asSubclass(Written.class));
        }
        if (type.isRecord()) {
            return new FieldType.Structure(type.asSubclass(Record.class));
        }
        throw new IllegalStateException(
                "no field can be of type " + type + "; is it an Optional, List, Map or record?");
    }

    private static FieldType whole(boolean wide, long greatest, AnnotatedElement notes) {
        Optional<Range> range = Optional.ofNullable(notes.getAnnotation(Range.class));
        long max = Math.min(greatest, range.map(Range::max).orElse(greatest));
        return new FieldType.Whole(
                wide,
                range.map(Range::min).orElse(0L),
                max,
                allowed(notes),
                unit(notes).equals("bytes"));
    }

    private static List<String> allowed(AnnotatedElement notes) {
        Allowed allowed = notes.getAnnotation(Allowed.class);
        return allowed == null ? List.of() : List.of(allowed.value());
    }

    private static String unit(AnnotatedElement notes) {
        Doc doc = notes.getAnnotation(Doc.class);
        return doc == null ? "" : doc.unit();
    }
}
