package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds every expression in files of rules, `PrometheusRule` manifests and dashboards: wherever an object has an
/// `expr`.
final class RuleReader {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private RuleReader() {}

    /// @throws IOException if the file is neither YAML nor JSON
    static List<Rule> read(RulesFile file) throws IOException {
        List<Rule> rules = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.text())) {
            while (documents.hasNextValue()) {
                collect(documents.nextValue(), file.name(), "panel", rules);
            }
        }
        return rules;
    }

    private static void collect(JsonNode node, String file, String panel, List<Rule> rules) {
        String title =
                node.path("title").isTextual() ? "panel " + node.path("title").asText() : panel;
        if (node.path("expr").isTextual()) {
            rules.add(rule(node, file, title));
        }
        for (JsonNode child : node) {
            collect(child, file, title, rules);
        }
    }

    private static Rule rule(JsonNode node, String file, String panel) {
        String expr = node.path("expr").asText();
        for (String kind : List.of("alert", "record")) {
            if (node.path(kind).isTextual()) {
                return Rule.of(file + ": " + kind + " " + node.path(kind).asText(), expr, false);
            }
        }
        return Rule.of(file + ": " + panel, expr, true);
    }
}
