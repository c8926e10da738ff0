package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// How Grafana draws each kind of panel.
final class PanelOptions {
    private PanelOptions() {}

    static ObjectNode of(Kind kind, String unit) {
        return switch (kind) {
            case timeseries -> timeseries();
            case stat ->
                reduced().put("colorMode", "value").put("graphMode", "area").put("textMode", "auto");
            case bargauge -> reduced().put("displayMode", "gradient").put("showUnfilled", true);
            case table -> Json.object().put("showHeader", true).put("cellHeight", "sm");
            case heatmap -> heatmap(unit);
            case states -> states();
        };
    }

    private static ObjectNode timeseries() {
        ObjectNode options = Json.object();
        options.putObject("legend")
                .put("displayMode", "list")
                .put("placement", "bottom")
                .put("showLegend", true)
                .putArray("calcs");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
        return options;
    }

    private static ObjectNode reduced() {
        ObjectNode options = Json.object();
        options.putObject("reduceOptions")
                .put("fields", "")
                .put("values", false)
                .putArray("calcs")
                .add("lastNotNull");
        return options.put("orientation", "auto");
    }

    private static ObjectNode heatmap(String unit) {
        ObjectNode options = Json.object();
        options.put("calculate", false).put("cellGap", 1);
        options.putObject("yAxis").put("unit", unit).put("axisPlacement", "left");
        options.putObject("color")
                .put("mode", "scheme")
                .put("scheme", "Oranges")
                .put("steps", 64);
        options.putObject("filterValues").put("le", 1e-9);
        options.putObject("legend").put("show", true);
        options.putObject("tooltip").put("mode", "single").put("yHistogram", false);
        return options;
    }

    private static ObjectNode states() {
        ObjectNode options = Json.object();
        options.put("mergeValues", true)
                .put("showValue", "auto")
                .put("alignValue", "left")
                .put("rowHeight", 0.9);
        options.putObject("legend")
                .put("displayMode", "list")
                .put("placement", "bottom")
                .put("showLegend", true);
        options.putObject("tooltip").put("mode", "single").put("sort", "none");
        return options;
    }

    /// What of it depends on the kind alone.
    static ObjectNode custom(Panel panel) {
        ObjectNode custom = Json.object();
        return switch (panel.source().kind()) {
            case timeseries -> lines(custom, panel);
            case states -> custom.put("lineWidth", 0).put("fillOpacity", 70);
            case stat, bargauge, table, heatmap -> custom;
        };
    }

    private static ObjectNode lines(ObjectNode custom, Panel panel) {
        boolean stacked = panel.source().stack();
        custom.put("drawStyle", "line")
                .put("lineWidth", 1)
                .put("fillOpacity", stacked ? 40 : 10)
                .put("showPoints", "never")
                .put("spanNulls", false);
        custom.putObject("stacking").put("mode", stacked ? "normal" : "none").put("group", "A");
        custom.putObject("thresholdsStyle").put("mode", panel.limit().isPresent() ? "line" : "off");
        return custom;
    }
}
