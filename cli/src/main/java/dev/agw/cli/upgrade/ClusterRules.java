package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// The rules and dashboards of a cluster that speak of the gateway.
public final class ClusterRules {
    private static final String OURS = "agentgateway_";

    private ClusterRules() {}

    /// `PrometheusRule`s, and dashboards in ConfigMaps with the label `grafana_dashboard`.
    public static List<RulesFile> of(SortedMap<String, Part<JsonNode>> objects) {
        List<RulesFile> files = new ArrayList<>();
        items(objects, "prometheusrules").forEach(rule -> add("PrometheusRule " + name(rule), rule.toString(), files));
        items(objects, "configmaps")
                .forEach(map -> map.path("data")
                        .properties()
                        .forEach(file -> add(
                                "ConfigMap " + name(map) + " " + file.getKey(),
                                file.getValue().asText(),
                                files)));
        return files;
    }

    private static void add(String name, String text, List<RulesFile> files) {
        if (text.contains(OURS)) {
            files.add(new RulesFile(name, text));
        }
    }

    private static List<JsonNode> items(SortedMap<String, Part<JsonNode>> objects, String plural) {
        List<JsonNode> items = new ArrayList<>();
        if (objects.get(plural) instanceof Part.Read<JsonNode>(JsonNode list)) {
            list.path("items").forEach(items::add);
        }
        return items;
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }
}
