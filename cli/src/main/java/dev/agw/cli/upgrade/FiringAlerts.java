package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.render.RuleSources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The alerts of the gateway that fire at a Prometheus.
final class FiringAlerts {
    /// Some alerts are named for what they are about; all others begin alike, whoever wrote them.
    private static final Set<String> RENDERED =
            new HashSet<>(RuleSources.shipped().names());

    private FiringAlerts() {}

    /// @param alerts those that are pending or fire
    /// @param rules that the Prometheus has loaded
    static Finding judged(JsonNode alerts, Part<JsonNode> rules) {
        List<String> critical = firing(alerts, true);
        List<String> others = firing(alerts, false);
        if (!critical.isEmpty()) {
            return Finding.fail(critical.size() + " critical alerts fire", "none")
                    .with(critical);
        }
        return others.isEmpty()
                ? silent(rules)
                : Finding.warn(others.size() + " alerts fire", "none").with(others);
    }

    private static Finding silent(Part<JsonNode> rules) {
        if (!(rules instanceof Part.Read<JsonNode>(JsonNode loaded))) {
            return Finding.absent(rules);
        }
        long ours = 0;
        for (JsonNode group : loaded.at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                ours += ours(rule.path("name").asText()) ? 1 : 0;
            }
        }
        return ours == 0
                ? Finding.unknown("Prometheus has loaded no alert of the gateway, so that none can fire")
                : Finding.pass("of " + ours + " alerts of the gateway none fires");
    }

    private static List<String> firing(JsonNode answer, boolean critical) {
        List<String> names = new ArrayList<>();
        for (JsonNode alert : answer.at("/data/alerts")) {
            JsonNode labels = alert.path("labels");
            String name = labels.path("alertname").asText();
            boolean fires = alert.path("state").asText().equals("firing");
            if (ours(name) && fires && labels.path("severity").asText().equals("critical") == critical) {
                names.add(
                        name + ": " + alert.path("annotations").path("summary").asText());
            }
        }
        return names;
    }

    private static boolean ours(String name) {
        return RENDERED.contains(name) || Stream.of("Agw", "AgentGateway").anyMatch(name::startsWith);
    }
}
