package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.operations.Severity;
import dev.agw.cli.render.Watch;
import java.util.List;

/// A panel as Grafana reads it.
record PanelJson(Panel panel) {
    private static final String GOOD = "green";

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", panel.id())
                .put("type", kind().type())
                .put("title", panel.title())
                .put("description", panel.description());
        json.set("gridPos", Json.place(panel.place()));
        json.set("datasource", Json.datasource());
        targets(json.putArray("targets"));
        ObjectNode config = json.putObject("fieldConfig");
        defaults(config.putObject("defaults"));
        config.putArray("overrides");
        json.set("options", PanelOptions.of(kind(), panel.source().unit()));
        if (kind() == Kind.table) {
            columns(json.putArray("transformations"));
        }
        return json;
    }

    private Kind kind() {
        return panel.source().kind();
    }

    private void targets(ArrayNode targets) {
        for (Panel.Target target : panel.targets()) {
            ObjectNode json = targets.addObject();
            json.put("refId", target.refId());
            json.set("datasource", Json.datasource());
            json.put("editorMode", "code")
                    .put("expr", target.expr())
                    .put("legendFormat", kind() == Kind.heatmap ? "{{le}}" : target.legend())
                    .put("instant", kind().instant())
                    .put("range", !kind().instant())
                    .put("format", format());
        }
    }

    private String format() {
        return switch (kind()) {
            case table -> "table";
            case heatmap -> "heatmap";
            case timeseries, stat, bargauge, states -> "time_series";
        };
    }

    private void defaults(ObjectNode defaults) {
        defaults.put("unit", panel.source().unit());
        boolean mayFallBelowZero = panel.limit().map(Watch.Limit::below).orElse(false);
        if ((kind() == Kind.timeseries || kind() == Kind.bargauge) && !mayFallBelowZero) {
            defaults.put("min", 0);
        }
        boolean coloured = kind() != Kind.timeseries && kind() != Kind.heatmap;
        defaults.putObject("color").put("mode", coloured ? "thresholds" : "palette-classic");
        ObjectNode thresholds = defaults.putObject("thresholds").put("mode", "absolute");
        steps(thresholds.putArray("steps"));
        states(defaults.putArray("mappings"));
        defaults.set("custom", PanelOptions.custom(panel));
    }

    private void steps(ArrayNode steps) {
        List<Watch.Limit> limits = panel.limit().stream().toList();
        boolean below = limits.stream().anyMatch(Watch.Limit::below);
        String bad = limits.stream()
                .map(limit -> color(limit.severity()))
                .findFirst()
                .orElse(GOOD);
        steps.addObject().put("color", below ? bad : GOOD).putNull("value");
        limits.forEach(
                limit -> steps.addObject().put("color", below ? GOOD : bad).put("value", limit.value()));
    }

    private static String color(Severity severity) {
        return switch (severity) {
            case critical -> "red";
            case warning -> "orange";
            case info -> "yellow";
        };
    }

    private void states(ArrayNode mappings) {
        if (panel.source().states().isEmpty()) {
            return;
        }
        ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
        int index = 0;
        for (DashboardSource.State state : panel.source().states()) {
            options.putObject(String.valueOf(state.value()))
                    .put("text", state.text())
                    .put("color", state.color())
                    .put("index", index++);
        }
    }

    /// The answers beside each other, a column each, without the time.
    private void columns(ArrayNode transformations) {
        transformations.addObject().put("id", "merge").putObject("options");
        ObjectNode options = transformations.addObject().put("id", "organize").putObject("options");
        options.putObject("excludeByName").put("Time", true);
        ObjectNode names = options.putObject("renameByName");
        boolean one = panel.targets().size() == 1;
        panel.targets().forEach(target -> names.put(one ? "Value" : "Value #" + target.refId(), target.legend()));
    }
}
