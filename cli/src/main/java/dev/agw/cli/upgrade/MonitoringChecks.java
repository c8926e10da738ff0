package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.agw.cli.upgrade.Check.About;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether Prometheus sees the gateways and has the rules that were given.
final class MonitoringChecks {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private MonitoringChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.CONFIGURATION,
                        new About(
                                "AGW1605 scrape-live",
                                Status.FAIL,
                                "Asks Prometheus for up, and looks for every pod, by its name or its address.",
                                "compare the labels of the PodMonitor with those of the pods, and its port with"
                                        + " theirs"),
                        (snapshot, aim) -> snapshot.answer("up") instanceof Part.Read<JsonNode>(JsonNode up)
                                ? scraped(up, snapshot)
                                : Finding.absent(snapshot.answer("up"))),
                new Check(
                        Category.CONFIGURATION,
                        new About(
                                "AGW1606 rules-loaded",
                                Status.WARN,
                                "Compares the groups of the rules that were given, or that the cluster has, with those"
                                        + " that Prometheus has loaded, and asks for their health.",
                                "compare the labels of the PrometheusRule with the ruleSelector of the Prometheus"),
                        (snapshot, aim) -> snapshot.answer("rules") instanceof Part.Read<JsonNode>(JsonNode rules)
                                ? loaded(rules, snapshot.rules())
                                : Finding.absent(snapshot.answer("rules"))),
                new Check(
                        Category.TRAFFIC,
                        new About(
                                "AGW1708 maintenance-window",
                                Status.WARN,
                                "Compares the requests per second now with the peak of the last seven days, as"
                                        + " Prometheus has them.",
                                "wait for a quieter hour"),
                        (snapshot, aim) -> snapshot.answer("rate") instanceof Part.Read<JsonNode>(JsonNode rate)
                                ? quiet(
                                        rate,
                                        snapshot.answer("peak"),
                                        aim.limits().traffic().peak())
                                : Finding.absent(snapshot.answer("rate"))));
    }

    private static Finding scraped(JsonNode up, Snapshot snapshot) {
        Set<String> pods = new TreeSet<>(snapshot.pods().keySet());
        if (pods.isEmpty()) {
            return Finding.skip(Snapshot.NO_METRICS);
        }
        Set<String> scraped = new TreeSet<>();
        for (JsonNode series : up.at("/data/result")) {
            if (series.path("value").path(1).asText().equals("1")) {
                scraped.add(series.at("/metric/pod").asText());
                scraped.add(series.at("/metric/instance").asText());
            }
        }
        List<String> missing = pods.stream()
                .filter(pod -> !scraped.contains(pod.replaceFirst("^https?://([^/]*).*", "$1")))
                .toList();
        return missing.isEmpty()
                ? Finding.pass("all of " + pods.size() + " are scraped")
                : Finding.fail(missing.size() + " of " + pods.size() + " are not scraped", "all")
                        .with(missing);
    }

    private static Finding loaded(JsonNode rules, List<RulesFile> files) {
        if (files.isEmpty()) {
            return Finding.skip("no rules were given: --rules");
        }
        Set<String> wanted =
                files.stream().flatMap(file -> groups(file).stream()).collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> there = new HashMap<>();
        for (JsonNode group : rules.at("/data/groups")) {
            there.put(group.path("name").asText(), sick(group));
        }
        List<String> wrong = new ArrayList<>();
        for (String group : wanted) {
            String health = there.getOrDefault(group, group + " is not loaded");
            wrong.addAll(health.isEmpty() ? List.of() : List.of(health));
        }
        return wrong.isEmpty()
                ? Finding.pass("all of " + wanted.size() + " groups are loaded and well")
                : Finding.warn(wrong.size() + " of " + wanted.size() + " groups are missing or failing", "none")
                        .with(wrong);
    }

    /// What is wrong with a group; empty if nothing is. A rule that was not evaluated yet is not.
    private static String sick(JsonNode group) {
        for (JsonNode rule : group.path("rules")) {
            if (rule.path("health").asText().equals("err")) {
                return group.path("name").asText() + ": " + rule.path("name").asText() + ": "
                        + rule.path("lastError").asText();
            }
        }
        return "";
    }

    private static List<String> groups(RulesFile file) {
        List<String> names = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.text())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                JsonNode groups = document.has("spec") ? document.at("/spec/groups") : document.path("groups");
                groups.forEach(group -> names.add(group.path("name").asText()));
            }
        } catch (IOException told) {
            return List.of(); // AGW1601 tells that it cannot be read
        }
        return names;
    }

    private static Finding quiet(JsonNode rate, Part<JsonNode> peak, double share) {
        OptionalDouble now = value(rate);
        OptionalDouble most = peak instanceof Part.Read<JsonNode>(JsonNode read) ? value(read) : OptionalDouble.empty();
        if (now.isEmpty() || most.isEmpty() || most.getAsDouble() == 0) {
            return Finding.unknown("Prometheus has no requests of the last seven days");
        }
        String observed = Figures.count(now.getAsDouble()) + " requests/s, at most " + Figures.count(most.getAsDouble())
                + " within seven days";
        return now.getAsDouble() > share * most.getAsDouble()
                ? Finding.warn(observed, "at most " + Figures.percent(share) + " of it")
                : Finding.pass(observed);
    }

    private static OptionalDouble value(JsonNode answer) {
        JsonNode value = answer.at("/data/result/0/value/1");
        return value.isTextual() ? OptionalDouble.of(Double.parseDouble(value.asText())) : OptionalDouble.empty();
    }
}
