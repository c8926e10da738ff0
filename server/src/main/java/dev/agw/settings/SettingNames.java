package dev.agw.settings;

import dev.agw.schema.Field;
import dev.agw.schema.FieldType;
import dev.agw.schema.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The path of every setting, and the environment variable that overrides it.
final class SettingNames {
    private SettingNames() {}

    /// Environment variable → path: `AGW_LIMITS_HEADER_BYTES` → `limits.headerBytes`.
    static Map<String, String> byVariable() {
        Map<String, String> names = new LinkedHashMap<>();
        collect("", Shape.of(AgwSettings.class), names);
        return names;
    }

    private static void collect(String prefix, Shape shape, Map<String, String> names) {
        for (Field field : shape.fields()) {
            String path = prefix + field.name();
            if (field.type() instanceof FieldType.Structure inner) {
                collect(path + ".", Shape.of(inner.type()), names);
            } else {
                names.put(variable(path), path);
            }
        }
    }

    private static String variable(String path) {
        String words = path.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2");
        return "AGW_" + words.toUpperCase(Locale.ROOT);
    }
}
