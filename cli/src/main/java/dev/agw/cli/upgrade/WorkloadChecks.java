package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;

/// Whether the deployment is at rest and will roll without a gap.
final class WorkloadChecks {
    private static final String LATE = "ProgressDeadlineExceeded";
    private static final List<String> STUCK =
            List.of("CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError");

    private WorkloadChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        Category.WORKLOAD,
                        "AGW1101 deployment-found",
                        "Looks for the one deployment of the gateways.",
                        "--deployment names it",
                        Logic.on(snapshot -> snapshot.objects("deployments"), (list, aim) -> found(list))),
                check(
                        Category.WORKLOAD,
                        "AGW1102 ready-replicas",
                        "Compares ready pods with those desired.",
                        "kubectl describe pod tells why the others are not ready",
                        Fleet.one((fleet, snapshot, aim) -> ready(fleet))),
                check(
                        Category.WORKLOAD,
                        "AGW1103 min-replicas",
                        "Counts ready pods: a single one leaves a gap whenever it ends.",
                        "scale to at least two",
                        Fleet.one((fleet, snapshot, aim) -> several(fleet))),
                check(
                        Category.WORKLOAD,
                        "AGW1104 rollout-idle",
                        "Looks for a rollout that is under way, paused or late.",
                        "finish it, or kubectl rollout undo",
                        Fleet.one((fleet, snapshot, aim) -> idle(fleet.deployment()))),
                check(
                        Category.WORKLOAD,
                        "AGW1105 pod-health",
                        "Looks for containers that cannot start, and those that ran out of memory.",
                        "kubectl logs --previous",
                        Fleet.pods((fleet, pods) -> health(pods))),
                check(
                        Category.WORKLOAD,
                        "AGW1109 strategy",
                        "Reads the strategy of the deployment: how many pods it takes away at once.",
                        "maxUnavailable: 0 and maxSurge: 1",
                        Fleet.one((fleet, snapshot, aim) -> strategy(fleet))),
                check(
                        Category.WORKLOAD,
                        "AGW1111 probes",
                        "Reads the probes of the container: without readiness, traffic reaches pods that do not serve"
                                + " yet.",
                        "readiness at /healthz/ready and liveness at /healthz/live, both on port 15021",
                        Fleet.one((fleet, snapshot, aim) -> probes(fleet.container()))),
                check(
                        Category.WATCH,
                        "AGW2001 progress",
                        "Reads how far the rollout is.",
                        "kubectl rollout undo",
                        Fleet.one((fleet, snapshot, aim) -> progress(fleet))),
                check(
                        Category.WATCH,
                        "AGW2007 availability",
                        "Compares ready pods with those desired less maxUnavailable.",
                        "kubectl rollout pause, and look why pods are not ready",
                        Fleet.one((fleet, snapshot, aim) -> available(fleet))),
                check(
                        Category.WATCH,
                        "AGW2008 sigkill",
                        "Looks for containers that ended with 137 though memory was left: their grace period was over.",
                        "raise terminationGracePeriodSeconds above preStop and shutdown.max",
                        Fleet.pods((fleet, pods) -> killed(pods))));
    }

    private static Check check(Category category, String name, String docs, String remedy, Logic logic) {
        return new Check(category, new About(name, Status.FAIL, docs, remedy), logic);
    }

    private static Finding found(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names.size() == 1
                ? Finding.pass(names.getFirst())
                : Finding.fail(names.size() + " deployments", "one").with(names);
    }

    private static Finding ready(Fleet fleet) {
        String observed = fleet.ready() + " of " + fleet.desired() + " pods are ready";
        return fleet.ready() < fleet.desired() ? Finding.fail(observed, "all") : Finding.pass(observed);
    }

    private static Finding several(Fleet fleet) {
        String observed = "ready pods: " + fleet.ready();
        return fleet.ready() < 2 ? Finding.fail(observed, "at least 2") : Finding.pass(observed);
    }

    private static Finding idle(JsonNode deployment) {
        List<String> why = new ArrayList<>();
        if (deployment.at("/spec/paused").asBoolean()) {
            why.add("it is paused");
        }
        if (Fleet.reason(deployment, "Progressing", "False").equals(LATE)) {
            why.add("it is past its deadline");
        }
        if (deployment.at("/status/observedGeneration").asLong()
                < deployment.at("/metadata/generation").asLong()) {
            why.add("its last change has not been seen yet");
        }
        if (deployment.at("/status/updatedReplicas").asInt()
                < deployment.at("/status/replicas").asInt()) {
            why.add("pods of another revision run");
        }
        return why.isEmpty()
                ? Finding.pass("no rollout is under way")
                : Finding.fail("a rollout is not done", "none").with(why);
    }

    private static Finding health(List<JsonNode> pods) {
        List<String> stuck = stuck(pods);
        List<String> memory = containers(
                pods,
                status -> status.at("/lastState/terminated/reason").asText().equals("OOMKilled"));
        if (!stuck.isEmpty()) {
            return Finding.fail(stuck.size() + " containers cannot start", "none")
                    .with(stuck);
        }
        return memory.isEmpty()
                ? Finding.pass("no container of " + pods.size() + " pods is stuck")
                : Finding.warn(memory.size() + " containers ran out of memory", "none")
                        .with(memory);
    }

    /// Containers that cannot start.
    static List<String> stuck(List<JsonNode> pods) {
        return containers(
                pods,
                status -> STUCK.contains(status.at("/state/waiting/reason").asText()));
    }

    private static List<String> containers(List<JsonNode> pods, java.util.function.Predicate<JsonNode> wanted) {
        List<String> names = new ArrayList<>();
        for (JsonNode pod : pods) {
            for (JsonNode status : pod.at("/status/containerStatuses")) {
                if (wanted.test(status)) {
                    names.add(pod.at("/metadata/name").asText() + ": "
                            + status.path("name").asText());
                }
            }
        }
        return names;
    }

    private static Finding strategy(Fleet fleet) {
        if (fleet.deployment().at("/spec/strategy/type").asText().equals("Recreate")) {
            return Finding.fail("Recreate ends all pods before new ones start", "RollingUpdate");
        }
        int gone = fleet.allowance("maxUnavailable");
        int more = fleet.allowance("maxSurge");
        String observed = "at most " + gone + " of " + fleet.desired() + " pods away at once, " + more + " more";
        if (gone > 0 && gone >= fleet.ready() - 1) {
            return Finding.fail(observed, "fewer than " + Math.max(1, fleet.ready() - 1) + " away");
        }
        return more == 0 ? Finding.warn(observed, "at least 1 more") : Finding.pass(observed);
    }

    private static Finding probes(JsonNode container) {
        JsonNode readiness = container.path("readinessProbe");
        if (readiness.isMissingNode()) {
            return Finding.fail("the container has no readinessProbe", "one");
        }
        return readiness.path("httpGet").equals(container.at("/livenessProbe/httpGet"))
                ? Finding.warn("liveness asks what readiness asks: a draining pod is killed", "another path")
                : Finding.pass("the container has a readinessProbe");
    }

    private static Finding progress(Fleet fleet) {
        String observed = fleet.deployment().at("/status/updatedReplicas").asInt() + " of " + fleet.desired()
                + " pods are of the new revision";
        return Fleet.reason(fleet.deployment(), "Progressing", "False").equals(LATE)
                ? Finding.fail(observed + ", and the deadline is over", "progress")
                : Finding.pass(observed);
    }

    private static Finding available(Fleet fleet) {
        int least = fleet.desired() - fleet.allowance("maxUnavailable");
        String observed = "ready pods: " + fleet.ready();
        return fleet.ready() < least ? Finding.fail(observed, "at least " + least) : Finding.pass(observed);
    }

    private static Finding killed(List<JsonNode> pods) {
        List<String> killed = containers(
                pods,
                status -> status.at("/lastState/terminated/exitCode").asInt() == 137
                        && !status.at("/lastState/terminated/reason").asText().equals("OOMKilled"));
        return killed.isEmpty()
                ? Finding.pass("no container was killed")
                : Finding.fail(killed.size() + " containers were killed", "none")
                        .with(killed);
    }
}
