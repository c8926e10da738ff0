package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The deployment of the gateways, as the cluster has it.
record Fleet(JsonNode deployment) {
    private static final Pattern SLEEP = Pattern.compile("sleep[\", ]+(\\d+)");
    private static final int DEFAULT_GRACE = 30;

    /// What a check does with it.
    interface Look {
        Finding of(Fleet fleet, Snapshot snapshot, Aim aim);
    }

    /// What a check does with it and those objects of one kind that select its pods.
    interface LookAtOthers {
        Finding of(Fleet fleet, List<JsonNode> others);
    }

    /// What a check does with it and all objects of one kind.
    interface LookAtAll {
        Finding of(Fleet fleet, List<JsonNode> all, Snapshot snapshot, Aim aim);
    }

    /// Looks at the one deployment; AGW1101 tells why there is none.
    static Logic one(Look look) {
        return (snapshot, aim) -> {
            if (!(snapshot.objects("deployments") instanceof Part.Read<JsonNode>(JsonNode list))) {
                return Finding.absent(snapshot.objects("deployments"));
            }
            return list.path("items").size() == 1
                    ? look.of(new Fleet(list.path("items").get(0)), snapshot, aim)
                    : Finding.unknown("there is no single deployment: see AGW1101");
        };
    }

    /// Looks at budgets that select its pods.
    static Logic budgets(LookAtOthers look) {
        return one((fleet, snapshot, aim) -> others(fleet, snapshot.objects("poddisruptionbudgets"), look));
    }

    /// Looks at autoscalers that aim at it.
    static Logic scalers(LookAtOthers look) {
        return one((fleet, snapshot, aim) -> others(fleet, snapshot.objects("horizontalpodautoscalers"), look));
    }

    /// Looks at its pods.
    static Logic pods(LookAtOthers look) {
        return one((fleet, snapshot, aim) -> others(fleet, snapshot.objects("pods"), look));
    }

    /// Looks at its replica sets.
    static Logic revisions(LookAtOthers look) {
        return one((fleet, snapshot, aim) -> others(fleet, snapshot.objects("replicasets"), look));
    }

    /// Looks at all objects of a kind, whether they have to do with it or not.
    static Logic list(String plural, LookAtAll look) {
        return one((fleet, snapshot, aim) -> snapshot.objects(plural) instanceof Part.Read<JsonNode>
                ? look.of(fleet, snapshot.items(plural), snapshot, aim)
                : Finding.absent(snapshot.objects(plural)));
    }

    /// Those of its pods that were read; empty if none were.
    List<JsonNode> podsOf(Snapshot snapshot) {
        return mine(snapshot.items("pods"));
    }

    /// Those objects that select its pods, aim at it or belong to it.
    List<JsonNode> mine(List<JsonNode> items) {
        return items.stream().filter(this::concerns).toList();
    }

    private static Finding others(Fleet fleet, Part<JsonNode> part, LookAtOthers look) {
        return part instanceof Part.Read<JsonNode>(JsonNode list)
                ? look.of(fleet, fleet.mine(Snapshot.items(list)))
                : Finding.absent(part);
    }

    /// Lists may be of all namespaces, where others have deployments of the same name and labels.
    private boolean concerns(JsonNode item) {
        if (!item.at("/metadata/namespace").asText(namespace()).equals(namespace())) {
            return false;
        }
        if (item.path("spec").has("scaleTargetRef")) {
            JsonNode target = item.at("/spec/scaleTargetRef");
            return target.path("kind").asText().equals("Deployment")
                    && target.path("name").asText().equals(name());
        }
        for (JsonNode owner : item.at("/metadata/ownerReferences")) {
            if (owner.path("kind").asText().equals("Deployment")) {
                return owner.path("name").asText().equals(name());
            }
        }
        return item.path("spec").has("containers")
                ? selected(deployment.at("/spec/selector"), item.at("/metadata/labels"))
                : selected(item.at("/spec/selector"), labels());
    }

    /// Whether a selector chooses what has these labels.
    static boolean selected(JsonNode selector, JsonNode labels) {
        boolean equal = selector.path("matchLabels").properties().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
        boolean expressions = true;
        for (JsonNode expression : selector.path("matchExpressions")) {
            expressions &=
                    matches(expression, labels.path(expression.path("key").asText()));
        }
        return equal && expressions;
    }

    private static boolean matches(JsonNode expression, JsonNode label) {
        boolean in = false;
        for (JsonNode value : expression.path("values")) {
            in |= value.equals(label);
        }
        return switch (expression.path("operator").asText()) {
            case "In" -> in;
            case "NotIn" -> !in;
            case "Exists" -> label.isTextual();
            case "DoesNotExist" -> !label.isTextual();
            default -> false;
        };
    }

    String name() {
        return deployment.at("/metadata/name").asText();
    }

    String namespace() {
        return deployment.at("/metadata/namespace").asText();
    }

    /// Labels of its pods.
    JsonNode labels() {
        return deployment.at("/spec/template/metadata/labels");
    }

    int desired() {
        return deployment.at("/spec/replicas").asInt(1);
    }

    int ready() {
        return (int) count("readyReplicas");
    }

    /// A number of its status.
    long count(String field) {
        return deployment.path("status").path(field).asLong();
    }

    /// How many pods a rollout may take away, or add: a number, or a percentage of those desired.
    int allowance(String field) {
        String text = deployment.at("/spec/strategy/rollingUpdate/" + field).asText("");
        String value = text.isEmpty() ? "25%" : text;
        if (!value.endsWith("%")) {
            return Integer.parseInt(value);
        }
        double exact = desired() * Double.parseDouble(value.substring(0, value.length() - 1)) / 100;
        return (int) (field.equals("maxSurge") ? Math.ceil(exact) : Math.floor(exact));
    }

    JsonNode spec() {
        return deployment.at("/spec/template/spec");
    }

    JsonNode container() {
        return deployment.at("/spec/template/spec/containers/0");
    }

    /// Seconds from the order to end until a pod is killed.
    int grace() {
        return deployment
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt(DEFAULT_GRACE);
    }

    /// Seconds before the gateway hears of that order.
    int preStop() {
        JsonNode hook = container().at("/lifecycle/preStop");
        Matcher sleep = SLEEP.matcher(hook.at("/exec/command").toString());
        return sleep.find()
                ? Integer.parseInt(sleep.group(1))
                : hook.at("/sleep/seconds").asInt();
    }

    /// The reason of a condition that has this status; empty if it has another.
    static String reason(JsonNode object, String type, String status) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals(status)) {
                return condition.path("reason").asText("no reason");
            }
        }
        return "";
    }
}
