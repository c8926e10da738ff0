package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The HorizontalPodAutoscaler.
record Autoscaler(Plan plan) {
    static final String CONNECTIONS = "agentgateway_active_connections";

    Optional<Manifest> manifest() {
        if (!plan.deployment().autoscaling().enabled()) {
            return Optional.empty();
        }
        Tree target = Tree.of("apiVersion", "apps/v1").put("kind", "Deployment").put("name", plan.name());
        return Optional.of(new Manifest(
                "hpa",
                comment(),
                plan.object("autoscaling/v2", "HorizontalPodAutoscaler", plan.name())
                        .put("spec", Tree.of("scaleTargetRef", target).putAll(spec(container())))));
    }

    private String comment() {
        String guide = "The guide's figures, by the CPU of this container alone. The guide promises more than they do:"
                + " from 2 to 10 gateways takes 4 minutes this way, and the slow way down delays the end of a gateway"
                + " but does not save its streams, which are cut at shutdown.max.";
        return plan.deployment().autoscaling().connections().isEmpty() ? guide : guide + " " + adapter();
    }

    private String adapter() {
        return "The metric of connections is served by %s; for prometheus-adapter the rule is: {seriesQuery:"
                        .formatted(plan.deployment().autoscaling().adapter())
                + " '" + CONNECTIONS + "', resources: {overrides: {namespace: {resource: namespace}, pod: {resource:"
                + " pod}}}, metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'}. While it is not"
                + " served, the autoscaler still adds gateways by CPU, and takes none away.";
    }

    /// By CPU of this container: with the guide's Resource, what sidecars ask for counts, too.
    private Tree container() {
        return Tree.of("type", "ContainerResource")
                .put(
                        "containerResource",
                        Tree.of("name", "cpu").put("container", "agw").put("target", cpu()));
    }

    /// How a controller is to scale; it alone knows how its containers are called.
    Tree parameters() {
        return spec(Tree.of("type", "Resource")
                .put("resource", Tree.of("name", "cpu").put("target", cpu())));
    }

    private Tree cpu() {
        Mark.Slot percent = Mark.Slot.whole(
                "autoscaling.cpuPercent",
                "Use of the reserved CPU to aim at, in percent.",
                plan.deployment().autoscaling().cpuPercent());
        return Tree.of("type", "Utilization").put("averageUtilization", percent);
    }

    private Tree spec(Tree cpu) {
        Deployment.Autoscaling values = plan.deployment().autoscaling();
        return Tree.of(
                        "minReplicas",
                        Mark.Slot.whole("autoscaling.minReplicas", "Fewest gateways.", values.minReplicas()))
                .put("maxReplicas", Mark.Slot.whole("autoscaling.maxReplicas", "Most gateways.", values.maxReplicas()))
                .put("metrics", metrics(cpu, values))
                .put(
                        "behavior",
                        Tree.of(
                                        "scaleUp",
                                        speed(
                                                values.up().stabilization(),
                                                values.up().pods(),
                                                values.up().period()))
                                .put(
                                        "scaleDown",
                                        speed(
                                                values.down().stabilization(),
                                                values.down().pods(),
                                                values.down().period())));
    }

    private static List<Tree> metrics(Tree cpu, Deployment.Autoscaling values) {
        List<Tree> metrics = new ArrayList<>(List.of(cpu));
        values.connections().ifPresent(number -> metrics.add(connections(number)));
        return metrics;
    }

    private static Tree connections(int number) {
        Mark.Slot target = Mark.Slot.text(
                "autoscaling.connections", "Open connections per gateway to aim at.", Integer.toString(number));
        return Tree.of("type", "Pods")
                .put(
                        "pods",
                        Tree.of("metric", Tree.of("name", CONNECTIONS))
                                .put("target", Tree.of("type", "AverageValue").put("averageValue", target)));
    }

    private static Tree speed(Duration stabilization, int pods, Duration period) {
        Tree policy =
                Tree.of("type", "Pods").put("value", pods).put("periodSeconds", Math.toIntExact(period.toSeconds()));
        return Tree.of("stabilizationWindowSeconds", Math.toIntExact(stabilization.toSeconds()))
                .put("policies", List.of(policy));
    }
}
