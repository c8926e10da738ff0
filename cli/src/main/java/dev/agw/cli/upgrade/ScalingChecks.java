package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Whether autoscalers work on the same thing, and what is left while pods are away.
final class ScalingChecks {
    private static final String CPU = "process_cpu_seconds_total";

    /// Who sets replicas on an autoscaler's behalf.
    private static final Set<String> SCALERS = Set.of("kube-controller-manager", "keda");

    private ScalingChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1304 hpa-fights",
                        Status.WARN,
                        "Looks for several autoscalers of one deployment, and for somebody else who sets its replicas"
                                + " (managedFields): each apply undoes what the autoscaler did.",
                        "leave replicas out of the manifest, and one autoscaler",
                        Fleet.scalers(ScalingChecks::fights)),
                check(
                        "AGW1305 hpa-metrics",
                        Status.FAIL,
                        "Looks whether the metrics that autoscalers ask for are served by an adapter, and known to the"
                                + " target's gateway where they are a gateway's.",
                        "a rule of the adapter for each metric",
                        Fleet.one(ScalingChecks::metrics)),
                check(
                        "AGW1306 headroom",
                        Status.FAIL,
                        "Works out what CPU and streams the remaining pods get while those of maxUnavailable are away:"
                                + " use within the window, over the CPU that a pod asks for.",
                        "scale up first, or maxUnavailable: 0 with maxSurge: 1",
                        Fleet.one((fleet, snapshot, aim) -> Pods.all((pods, seen, with) -> headroom(
                                        fleet, pods, snapshot, aim.limits().capacity()))
                                .of(snapshot, aim))));
    }

    private static Check check(String name, Status severity, String docs, String remedy, Logic logic) {
        return new Check(Category.SCALING, new About(name, severity, docs, remedy), logic);
    }

    private static Finding fights(Fleet fleet, List<JsonNode> scalers) {
        if (scalers.isEmpty()) {
            return Finding.skip("no autoscaler aims at the deployment");
        }
        if (scalers.size() > 1) {
            return Finding.warn(scalers.size() + " autoscalers aim at the deployment", "one")
                    .with(scalers.stream()
                            .map(scaler -> scaler.at("/metadata/name").asText())
                            .toList());
        }
        List<String> others = setters(fleet.deployment());
        return others.isEmpty()
                ? Finding.pass("the autoscaler alone sets replicas")
                : Finding.warn("replicas are also set by " + String.join(", ", others), "nobody else");
    }

    private static List<String> setters(JsonNode deployment) {
        Set<String> setters = new TreeSet<>();
        for (JsonNode field : deployment.at("/metadata/managedFields")) {
            boolean replicas = field.at("/fieldsV1/f:spec").has("f:replicas");
            boolean scaled = field.path("subresource").asText().equals("scale");
            if (replicas && !scaled) {
                setters.add(field.path("manager").asText());
            }
        }
        setters.removeAll(SCALERS);
        return List.copyOf(setters);
    }

    private static Finding metrics(Fleet fleet, Snapshot snapshot, Aim aim) {
        if (!(snapshot.objects("horizontalpodautoscalers") instanceof Part.Read<JsonNode>)) {
            return Finding.absent(snapshot.objects("horizontalpodautoscalers"));
        }
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (JsonNode scaler : fleet.mine(snapshot.items("horizontalpodautoscalers"))) {
            for (JsonNode metric : scaler.at("/spec/metrics")) {
                asked++;
                wrong.addAll(wrong(metric, snapshot));
            }
        }
        if (!wrong.isEmpty()) {
            return Finding.fail(wrong.size() + " metrics are not to be had", "all")
                    .with(wrong);
        }
        return asked == 0
                ? Finding.skip("no autoscaler asks for metrics")
                : Finding.pass("all " + asked + " metrics are to be had");
    }

    private static List<String> wrong(JsonNode metric, Snapshot snapshot) {
        String type = metric.path("type").asText();
        String name =
                metric.path(type.toLowerCase(Locale.ROOT)).at("/metric/name").asText();
        if (name.isEmpty()) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>();
        if (name.startsWith("agentgateway_") && KnownMetrics.named(name).isEmpty()) {
            wrong.add(name + " is no metric of the target");
        }
        String group = type.equals("External") ? "external.metrics.k8s.io" : "custom.metrics.k8s.io";
        if (!served(snapshot.objects(group), name)) {
            wrong.add(name + " is not served by " + group);
        }
        return wrong;
    }

    /// Resources of such an API are named `pods/NAME` or `NAME`.
    private static boolean served(Part<JsonNode> api, String metric) {
        if (api instanceof Part.Read<JsonNode>(JsonNode list)) {
            for (JsonNode resource : list.path("resources")) {
                String name = resource.path("name").asText();
                if (name.substring(name.indexOf('/') + 1).equals(metric)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Finding headroom(Fleet fleet, List<PodMetrics> pods, Snapshot snapshot, Thresholds.Capacity limits) {
        int left = Math.max(1, fleet.ready() - fleet.allowance("maxUnavailable"));
        double request = SurgeChecks.sum(fleet.spec(), "requests", "cpu");
        double streams = DrainChecks.streams(pods) / left;
        double seconds = pods.stream()
                .mapToDouble(pod -> pod.growth(CPU, sample -> true))
                .sum();
        if (snapshot.window().isZero()
                || request == 0
                || pods.stream().noneMatch(pod -> pod.now().has(CPU))) {
            return Finding.unknown(
                    snapshot.window().isZero()
                            ? "one look tells no use of CPU: --window"
                            : "no use of CPU to compare with a request of it");
        }
        double share = seconds / (snapshot.window().toMillis() / 1000.0) / left / request;
        String observed = "with " + left + " pods " + Figures.percent(share) + " of the CPU that each asks for, and "
                + Figures.count(streams) + " streams each";
        return share > limits.cpu() || streams > limits.streams()
                ? Finding.fail(
                        observed, "at most " + Figures.percent(limits.cpu()) + " and " + limits.streams() + " streams")
                : Finding.pass(observed);
    }
}
