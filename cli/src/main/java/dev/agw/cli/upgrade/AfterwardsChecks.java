package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether what guards the pods is still there, and the gateways serve.
final class AfterwardsChecks {
    private AfterwardsChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW3006 hpa-pdb-intact",
                        "Compares budgets and autoscalers with those of the baseline.",
                        "apply them again",
                        Fleet.one((fleet, snapshot, aim) -> intact(fleet, snapshot))),
                check(
                        "AGW3007 smoke",
                        "Sends a list of models and a streamed chat through the gateways, if --smoke-url names them.",
                        "the answer's x-agw-reason and the access log tell why",
                        Logic.on(Snapshot::smoke, (answers, aim) -> smoke(answers))));
    }

    private static Check check(String name, String docs, String remedy, Logic logic) {
        return new Check(Category.POST, new About(name, Status.FAIL, docs, remedy), logic);
    }

    /// What budgets and autoscalers of a deployment ask for, by kind and name; empty where none were read.
    static Map<String, String> guards(Snapshot snapshot) {
        Map<String, String> guards = new TreeMap<>();
        List<JsonNode> deployments = snapshot.items("deployments");
        if (deployments.size() == 1) {
            Fleet fleet = new Fleet(deployments.getFirst());
            for (JsonNode budget : fleet.mine(snapshot.items("poddisruptionbudgets"))) {
                guards.put(name("PodDisruptionBudget", budget), asked(budget, "minAvailable", "maxUnavailable"));
            }
            for (JsonNode scaler : fleet.mine(snapshot.items("horizontalpodautoscalers"))) {
                guards.put(name("HorizontalPodAutoscaler", scaler), asked(scaler, "minReplicas", "maxReplicas"));
            }
        }
        return guards;
    }

    private static String name(String kind, JsonNode object) {
        return kind + " " + object.at("/metadata/name").asText();
    }

    private static String asked(JsonNode object, String... fields) {
        List<String> asked = new ArrayList<>();
        for (String field : fields) {
            JsonNode value = object.path("spec").path(field);
            if (value.isValueNode()) {
                asked.add(field + " " + value.asText());
            }
        }
        return String.join(", ", asked);
    }

    private static Finding intact(Fleet fleet, Snapshot snapshot) {
        if (!(snapshot.baseline() instanceof Part.Read<Baseline>(Baseline before))) {
            return Finding.absent(snapshot.baseline());
        }
        for (String plural : List.of("poddisruptionbudgets", "horizontalpodautoscalers")) {
            if (!(snapshot.objects(plural) instanceof Part.Read<JsonNode>)) {
                return Finding.absent(snapshot.objects(plural));
            }
        }
        Map<String, String> now = guards(snapshot);
        List<String> changed = new ArrayList<>();
        before.guards().forEach((name, asked) -> {
            String is = now.getOrDefault(name, "gone");
            if (!is.equals(asked)) {
                changed.add(name + ": " + asked + " before, now " + is);
            }
        });
        return changed.isEmpty()
                ? Finding.pass("budgets and autoscalers of " + fleet.name() + " are as they were")
                : Finding.fail(changed.size() + " are gone or changed", "as before")
                        .with(changed);
    }

    private static Finding smoke(JsonNode answers) {
        List<String> wrong = new ArrayList<>();
        for (JsonNode answer : answers) {
            if (!answer.path("ok").asBoolean()) {
                wrong.add(answer.path("what").asText() + ": status "
                        + answer.path("status").asText("none") + ", "
                        + answer.path("told").asText("no answer"));
            }
        }
        return wrong.isEmpty()
                ? Finding.pass("requests that were served: " + answers.size())
                : Finding.fail(wrong.size() + " of " + answers.size() + " requests were not served", "all")
                        .with(wrong);
    }
}
