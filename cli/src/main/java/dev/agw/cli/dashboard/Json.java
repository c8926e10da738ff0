package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Numbers;
import java.time.Duration;

/// What all objects of a dashboard are made of.
final class Json {
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

    /// As Grafana writes a length of time: `30s`, `1h`.
    static String time(Duration time) {
        return Numbers.time(Amount.of(time).value());
    }
}
