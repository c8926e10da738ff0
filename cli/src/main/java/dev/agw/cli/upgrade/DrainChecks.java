package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.exposition.Overrun;
import dev.agw.cli.upgrade.Check.About;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ends of pods cost.
final class DrainChecks {
    private static final String DURATION = "agentgateway_request_duration_seconds";
    static final String STREAMS = "agentgateway_streams_in_flight";

    /// What an autoscaler of nodes waits for pods by default, in seconds.
    private static final int NODE_LIMIT = 600;

    /// How providers mark nodes that they may take back.
    private static final Map<String, String> SPOT = Map.of(
            "cloud.google.com/gke-spot", "true",
            "cloud.google.com/gke-preemptible", "true",
            "eks.amazonaws.com/capacityType", "SPOT",
            "karpenter.sh/capacity-type", "spot",
            "kubernetes.azure.com/scalesetpriority", "spot");

    private DrainChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1208 drain-vs-streams",
                        Status.FAIL,
                        "Works out, from the histogram of durations within the window, which share of what is under"
                                + " way when a pod is told to end goes on for longer than shutdown.max: E[(X-D)+]/E[X].",
                        "raise shutdown.max and with it the grace period, or upgrade while few long streams run",
                        Pods.all(DrainChecks::lost)),
                check(
                        "AGW1209 lb-deregistration",
                        Status.WARN,
                        "Compares shutdown.min with the time that a load balancer goes on sending to a pod that it was"
                                + " told to leave out, and with that in which the readiness probe finds out.",
                        "raise shutdown.min",
                        (snapshot, aim) -> aim.limits().drain().deregistration().isPresent()
                                ? deregistration(
                                        aim.limits().drain().deregistration().get(), snapshot, aim)
                                : Finding.skip("nobody told how long the load balancer takes: --lb-deregistration")),
                check(
                        "AGW1210 node-drain-limits",
                        Status.WARN,
                        "Compares the grace period with the ten minutes that an autoscaler of nodes waits by default,"
                                + " and looks for nodes that may go at two minutes' notice.",
                        "raise the autoscaler's --max-graceful-termination-sec, or keep gateways off spot nodes",
                        Fleet.one((fleet, snapshot, aim) -> nodes(fleet, snapshot))));
    }

    private static Check check(String name, Status severity, String docs, String remedy, Logic logic) {
        return new Check(Category.DISRUPTION, new About(name, severity, docs, remedy), logic);
    }

    private static Finding deregistration(Duration balancer, Snapshot snapshot, Aim aim) {
        Shutdown shutdown = DrainInForce.of(snapshot, aim);
        if (shutdown.source() == Shutdown.Source.ASSUMED && !(snapshot.config() instanceof Part.Read<ConfigReading>)) {
            return Finding.absent(snapshot.config());
        }
        long probes = snapshot.items("deployments").stream()
                .map(deployment -> new Fleet(deployment).container().path("readinessProbe"))
                .mapToLong(probe -> probe.isMissingNode()
                        ? 0
                        : probe.path("periodSeconds").asLong(10)
                                * probe.path("failureThreshold").asLong(3))
                .max()
                .orElse(0);
        long needed = balancer.toSeconds() + probes;
        long min = shutdown.min().toSeconds();
        String observed =
                "shutdown.min " + min + " s, " + shutdown.origin() + ", load balancer and probes " + needed + " s";
        return min < needed ? Finding.warn(observed, "at least " + needed + " s") : Finding.pass(observed);
    }

    private static Finding nodes(Fleet fleet, Snapshot snapshot) {
        List<String> spot = snapshot.items("nodes").stream()
                .filter(DrainChecks::spot)
                .map(node -> node.at("/metadata/name").asText())
                .toList();
        String observed = "grace period " + fleet.grace() + " s, spot nodes: " + spot.size();
        if (fleet.grace() > NODE_LIMIT) {
            return Finding.warn(observed, "at most " + NODE_LIMIT + " s");
        }
        return spot.isEmpty()
                ? Finding.pass(observed)
                : Finding.warn(observed, "none").with(spot);
    }

    private static boolean spot(JsonNode node) {
        JsonNode labels = node.at("/metadata/labels");
        return SPOT.entrySet().stream()
                .anyMatch(mark -> labels.path(mark.getKey()).asText().equals(mark.getValue()));
    }

    private static Finding lost(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        Shutdown shutdown = DrainInForce.of(snapshot, aim);
        Optional<Overrun> known = lost(pods, shutdown.max());
        if (known.isEmpty()) {
            return Finding.unknown("no request ended within the window");
        }
        Overrun share = known.get();
        double perPod = share.likely() * streams(pods) / pods.size();
        String observed = "an end after " + shutdown.max().toSeconds() + " s (" + shutdown.origin() + ") cuts "
                + share.text(Figures::percent) + " of what is under way, " + Figures.count(perPod)
                + " streams per pod now";
        Thresholds.Drain limits = aim.limits().drain();
        if (share.least() > limits.maxLost()) {
            return Finding.fail(observed, "at most " + Figures.percent(limits.maxLost()));
        }
        return share.likely() > limits.warnLost()
                ? Finding.warn(observed, "at most " + Figures.percent(limits.warnLost()))
                : Finding.pass(observed);
    }

    /// The share of what is under way that an end cuts.
    static Optional<Overrun> lost(List<PodMetrics> pods, Duration deadline) {
        return Growths.of(pods, DURATION).overrun(deadline.toMillis() / 1000.0);
    }

    /// Streams that are under way now.
    static double streams(List<PodMetrics> pods) {
        return pods.stream().mapToDouble(pod -> pod.gauge(STREAMS)).sum();
    }
}
