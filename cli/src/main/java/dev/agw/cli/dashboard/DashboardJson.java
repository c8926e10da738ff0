package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A dashboard as Grafana imports it, in the model that its versions 9 to 13 load. It has no `id` and no `version`:
/// those are given by each Grafana.
///
/// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
record DashboardJson(Dashboard dashboard) {
    private static final int SCHEMA = 39;
    private static final String TAG = "agw";
    /// Values are looked up anew when the time that is shown changes.
    private static final int ON_TIME_RANGE_CHANGE = 2;
    private static final int SHARED_CROSSHAIR = 1;

    /// The JSON, in several lines.
    String text() {
        ObjectNode json = Json.object();
        json.put("uid", dashboard.uid()).put("title", dashboard.title()).put("description", dashboard.description());
        tags(json.putArray("tags"));
        json.put("schemaVersion", SCHEMA)
                .put("editable", false)
                .put("graphTooltip", SHARED_CROSSHAIR)
                .put("refresh", Json.time(dashboard.settings().refresh()))
                .put("timezone", dashboard.settings().timezone());
        json.putObject("time")
                .put("from", "now-" + Json.time(dashboard.settings().span()))
                .put("to", "now");
        json.putObject("timepicker");
        links(json.putArray("links"));
        annotations(json.putObject("annotations").putArray("list"));
        variables(json.putObject("templating").putArray("list"));
        panels(json.putArray("panels"));
        return json.toPrettyString() + "\n";
    }

    private void tags(ArrayNode tags) {
        tags.add(TAG);
        dashboard.settings().tags().forEach(tags::add);
    }

    private static void links(ArrayNode links) {
        ObjectNode link = links.addObject();
        link.put("type", "dashboards")
                .put("title", "agw")
                .put("icon", "external link")
                .put("tooltip", "The other dashboards of the gateways, for the same choices and time.")
                .put("url", "");
        link.putArray("tags").add(TAG);
        link.put("asDropdown", true)
                .put("keepTime", true)
                .put("includeVars", true)
                .put("targetBlank", false);
    }

    private void annotations(ArrayNode list) {
        for (Dashboard.Annotation annotation : dashboard.annotations()) {
            ObjectNode json = list.addObject();
            json.set("datasource", Json.datasource());
            json.put("name", annotation.name())
                    .put("enable", true)
                    .put("hide", false)
                    .put("iconColor", annotation.color())
                    .put("expr", annotation.expr())
                    .put("titleFormat", annotation.name())
                    .put("textFormat", annotation.text());
        }
    }

    private void variables(ArrayNode list) {
        ObjectNode source = list.addObject();
        source.put("type", "datasource")
                .put("name", "datasource")
                .put("label", "Data source")
                .put("query", "prometheus")
                .put("regex", regex(dashboard.settings().datasource()))
                .put("hide", 0)
                .put("refresh", 1)
                .put("multi", false)
                .put("includeAll", false)
                .put("skipUrlSync", false);
        dashboard.variables().forEach(variable -> variable(list.addObject(), variable));
    }

    private static String regex(String names) {
        return names.equals("none") ? "" : "/^(?:" + names + ")$/";
    }

    private static void variable(ObjectNode json, Variable variable) {
        json.put("type", "query").put("name", variable.name()).put("label", variable.name());
        json.set("datasource", Json.datasource());
        json.putObject("query").put("query", variable.query()).put("refId", "variable-" + variable.name());
        json.put("regex", "")
                .put("hide", 0)
                .put("refresh", ON_TIME_RANGE_CHANGE)
                .put("sort", 1)
                .put("multi", true)
                .put("includeAll", true)
                .put("allValue", variable.all())
                .put("skipUrlSync", false);
        ObjectNode chosen = json.putObject("current");
        chosen.put("selected", true).putArray("text").add("All");
        chosen.putArray("value").add("$__all");
    }

    private void panels(ArrayNode panels) {
        for (Dashboard.Row row : dashboard.rows()) {
            ObjectNode heading = panels.addObject();
            heading.put("id", row.id())
                    .put("type", "row")
                    .put("title", row.title())
                    .put("collapsed", false);
            heading.set("gridPos", Json.place(row.place()));
            heading.putArray("panels");
            row.panels().forEach(panel -> panels.add(new PanelJson(panel).json()));
        }
    }
}
