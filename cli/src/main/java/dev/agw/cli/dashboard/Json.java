package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What all objects of a dashboard are made of.
final class Json {
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", 86_400_000L);
        UNITS.put("h", 3_600_000L);
        UNITS.put("m", 60_000L);
        UNITS.put("s", 1_000L);
    }

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// The data source that was chosen at the top.
    static ObjectNode datasource() {
        return object().put("type", "prometheus").put("uid", "${datasource}");
    }

    static ObjectNode place(GridPos place) {
        return object().put("h", place.height())
                .put("w", place.width())
                .put("x", place.x())
                .put("y", place.y());
    }

    /// As Grafana reads a length of time, in one unit: `30s`, `36h`.
    static String time(Duration time) {
        long millis = time.toMillis();
        return UNITS.entrySet().stream()
                .filter(unit -> millis % unit.getValue() == 0)
                .findFirst()
                .map(unit -> millis / unit.getValue() + unit.getKey())
                .orElse(millis + "ms");
    }
}
