package dev.agw.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records as trees that can be shown: whatever is no record, collection, number or truth value is shown as its text,
/// and the text of a secret is stars.
final class Redacted {
    private Redacted() {}

    static @Nullable Object tree(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> optional -> tree(optional.orElse(null));
            case Record data -> fields(data);
            case Map<?, ?> map -> entries(map);
            case Collection<?> items -> items.stream().map(Redacted::tree).toList();
            case Number number -> number;
            case Boolean truth -> truth;
            case JsonNode node -> node;
            default -> value.toString();
        };
    }

    private static Map<String, Object> fields(Record data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            Object value = tree(value(data, component));
            if (value != null && !(value instanceof Collection<?> items && items.isEmpty())) {
                fields.put(component.getName(), value);
            }
        }
        return fields;
    }

    private static @Nullable Object value(Record data, RecordComponent component) {
        try {
            return component.getAccessor().invoke(data);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return "?";
        }
    }

    private static Map<String, Object> entries(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object shown = tree(value);
            if (shown != null) {
                entries.put(String.valueOf(key), shown);
            }
        });
        return entries;
    }
}
