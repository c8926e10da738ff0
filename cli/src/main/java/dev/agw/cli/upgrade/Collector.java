package dev.agw.cli.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Asks a Prometheus.
public final class Collector {
    private static final String QUERY = "/api/v1/query?query=";
    private static final String RATE = "sum(rate(agentgateway_requests_total[5m]))";

    /// What is asked of a Prometheus, and where.
    private static final Map<String, String> QUESTIONS = Map.of(
            "alerts", "/api/v1/alerts",
            "rules", "/api/v1/rules",
            "up", QUERY + "up",
            "rate", QUERY + encoded(RATE),
            "peak", QUERY + encoded("max_over_time(" + RATE + "[7d:5m])"));

    private Collector() {}

    /// The answers of a Prometheus that checks look at.
    public static SortedMap<String, Part<JsonNode>> prometheus(URI base) throws InterruptedException {
        SortedMap<String, Part<JsonNode>> answers = new TreeMap<>();
        String root = base.toString().replaceAll("/+$", "");
        try (HttpSource source = new HttpSource()) {
            for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
                answers.put(question.getKey(), tree(source.get(URI.create(root + question.getValue()))));
            }
        }
        return answers;
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static Part<JsonNode> tree(Part<String> answer) {
        return switch (answer) {
            case Part.Read<String>(String text) -> tree(text);
            case Part.Unreadable<String>(String why, String remedy) -> new Part.Unreadable<>(why, remedy);
            case Part.NotAsked<String>(String how) -> new Part.NotAsked<>(how);
        };
    }

    private static Part<JsonNode> tree(String text) {
        try {
            JsonNode tree = Dump.JSON.readTree(text);
            return tree.path("status").asText().equals("success")
                    ? new Part.Read<>(tree)
                    : new Part.Unreadable<>("the answer is none of a Prometheus", "is the URL right?");
        } catch (JsonProcessingException wrong) {
            return new Part.Unreadable<>("the answer is no JSON", "is the URL right?");
        }
    }
}
