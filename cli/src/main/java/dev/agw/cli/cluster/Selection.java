package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which objects of a list are wanted, as the query of its URL.
///
/// @param query `labelSelector=…`, `fieldSelector=…` or nothing
record Selection(String query) {
    static final Selection ALL = new Selection("");

    static Selection labels(String selector) {
        return new Selection("labelSelector=" + encoded(selector));
    }

    static Selection named(String name) {
        return new Selection("fieldSelector=" + encoded("metadata.name=" + name));
    }

    /// What the selector of a deployment chooses.
    static Selection of(JsonNode selector) {
        List<String> terms = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        terms.add(label.getKey() + "=" + label.getValue().asText()));
        selector.path("matchExpressions").forEach(expression -> terms.add(term(expression)));
        return labels(String.join(",", terms));
    }

    private static String term(JsonNode expression) {
        String key = expression.path("key").asText();
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String list = " (" + String.join(",", values) + ")";
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in" + list;
            case "NotIn" -> key + " notin" + list;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
