package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.exposition.Sample;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether now is a good time: what the traffic looks like.
final class TrafficChecks {
    private static final String OVERHEAD = "agentgateway_overhead_duration_seconds";
    private static final String LOADS = "agentgateway_config_loads_total";
    private static final String LAST_LOAD = "agentgateway_config_last_load_success";
    private static final String MESSAGES = "agentgateway_xds_message_total";
    private static final String ENDPOINTS = "agentgateway_backend_endpoints";
    static final String TERMINATIONS = "agentgateway_xds_connection_terminations_total";

    private TrafficChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1701 error-gate",
                        Status.FAIL,
                        "Counts answers with 5xx within the window that no backend gave: an upgrade would hide what is"
                                + " wrong already.",
                        "find out why first: reason and backend in agentgateway_requests_total, and the access log",
                        Pods.all((pods, snapshot, aim) ->
                                errors(Errors.of(pods), aim.limits().traffic()))),
                check(
                        "AGW1702 latency-gate",
                        Status.WARN,
                        "Compares the p95 of the time that the gateway itself takes with the baseline.",
                        "look at CPU, garbage collections and agentgateway_tokio_global_queue_depth first",
                        Pods.all(TrafficChecks::latency)),
                check(
                        "AGW1703 in-flight-streams",
                        Status.WARN,
                        "Adds up the event streams that are being relayed: those that outlive a drain are cut.",
                        "upgrade while fewer run",
                        Pods.all((pods, snapshot, aim) -> streams(pods, aim))),
                check(
                        "AGW1704 config-errors",
                        Status.FAIL,
                        "Looks for rejected configurations: within the window, and whether the last one was. A pod that"
                                + " starts anew would start without it.",
                        "the gateway's log tells what was rejected; agw validate tells it, too",
                        Pods.all((pods, snapshot, aim) -> loads(pods))),
                check(
                        "AGW1705 control-link",
                        Status.FAIL,
                        "Looks at messages from the control plane and ends of their stream within the window.",
                        "restore the control plane before the proxies are replaced: new ones start without configuration",
                        Pods.all((pods, snapshot, aim) -> link(pods))),
                check(
                        "AGW1706 firing-alerts",
                        Status.FAIL,
                        "Asks Prometheus for alerts that fire and that agw renders, or whose names begin with Agw or"
                                + " AgentGateway. A Prometheus that has no rule for one of them never tells.",
                        "follow the runbook of the alert first; agw render-alerts writes the rules",
                        (snapshot, aim) -> snapshot.answer("alerts") instanceof Part.Read<JsonNode>(JsonNode alerts)
                                ? FiringAlerts.judged(alerts, snapshot.answer("rules"))
                                : Finding.absent(snapshot.answer("alerts"))),
                check(
                        "AGW1707 providers-healthy",
                        Status.FAIL,
                        "Looks at agentgateway_backend_endpoints: backends of which nothing takes traffic.",
                        "restore the provider or its key, or take the backend out of its routes",
                        Pods.all((pods, snapshot, aim) -> providers(pods))));
    }

    private static Check check(String name, Status severity, String docs, String remedy, Logic logic) {
        return new Check(Category.TRAFFIC, new About(name, severity, docs, remedy), logic);
    }

    private static Finding errors(Errors errors, Thresholds.Traffic limits) {
        if (errors.all() < limits.minRequests()) {
            return Finding.unknown(Figures.count(errors.all()) + " requests within the window are too few to tell; "
                    + limits.minRequests() + " would do, so try a longer --window");
        }
        return errors.ratio() > limits.errors()
                ? Finding.fail(errors.toString(), "at most " + Figures.percent(limits.errors()))
                : Finding.pass(errors.toString());
    }

    /// The p95 of the gateway's own time; empty without requests.
    static Optional<Double> overhead(List<PodMetrics> pods) {
        return Growths.of(pods, OVERHEAD).quantile(0.95);
    }

    private static Finding latency(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        if (!(snapshot.baseline() instanceof Part.Read<Baseline>(Baseline baseline))) {
            return Finding.absent(snapshot.baseline());
        }
        Finding slower = slower(
                overhead(pods), baseline.overhead(), aim.limits().traffic().slowerThanBaseline());
        return slower.status() == Status.FAIL ? Finding.warn(slower.observed(), slower.expected()) : slower;
    }

    /// Fails if `now` is larger than `before` by more than `factor`.
    static Finding slower(Optional<Double> now, Optional<Double> before, double factor) {
        if (now.isEmpty() || before.isEmpty()) {
            return Finding.unknown("no requests " + (now.isEmpty() ? "within the window" : "to compare with"));
        }
        String observed =
                "p95 of the overhead " + Figures.millis(now.get()) + ", before " + Figures.millis(before.get());
        return now.get() > before.get() * factor
                ? Finding.fail(observed, "at most " + factor + " times as much")
                : Finding.pass(observed);
    }

    private static Finding streams(List<PodMetrics> pods, Aim aim) {
        if (pods.stream().anyMatch(pod -> !pod.now().has(DrainChecks.STREAMS))) {
            return Finding.unknown("not every pod tells how many streams are in flight");
        }
        double streams = DrainChecks.streams(pods);
        int most = aim.limits().drain().maxStreams();
        String observed = Figures.count(streams) + " streams are in flight";
        return streams > most ? Finding.warn(observed, "at most " + most) : Finding.pass(observed);
    }

    private static Finding loads(List<PodMetrics> pods) {
        if (pods.stream().anyMatch(pod -> !pod.now().has(LAST_LOAD))) {
            return Finding.unknown("not every pod tells whether its configuration was taken");
        }
        double rejected = pods.stream()
                .filter(pod -> pod.before().isPresent())
                .mapToDouble(
                        pod -> pod.growth(LOADS, load -> load.label("result").equals("failure")))
                .sum();
        List<String> behind = pods.stream()
                .filter(pod -> pod.gauge(LAST_LOAD) == 0)
                .map(pod -> pod.pod() + " rejected its last configuration")
                .toList();
        return rejected > 0 || !behind.isEmpty()
                ? Finding.fail(
                                Figures.count(rejected) + " configurations were rejected within the window, and "
                                        + behind.size() + " pods run an older one than was written",
                                "none")
                        .with(behind)
                : Finding.pass("no configuration is rejected");
    }

    private static Finding link(List<PodMetrics> pods) {
        if (pods.stream().noneMatch(pod -> pod.now().has(MESSAGES))) {
            return Finding.skip("configured from files, without a control plane");
        }
        double ends = growth(pods, TERMINATIONS);
        double messages = growth(pods, MESSAGES);
        String observed = Figures.count(ends) + " ends of the stream from the control plane, " + Figures.count(messages)
                + " messages";
        if (ends == 0) {
            return Finding.pass(observed);
        }
        return messages == 0 ? Finding.fail(observed, "messages after an end") : Finding.warn(observed, "no ends");
    }

    private static double growth(List<PodMetrics> pods, String counter) {
        return pods.stream()
                .mapToDouble(pod -> pod.growth(counter, sample -> true))
                .sum();
    }

    private static Finding providers(List<PodMetrics> pods) {
        if (pods.stream().noneMatch(pod -> pod.now().has(ENDPOINTS))) {
            return Finding.skip("no pod tells of endpoints of backends");
        }
        List<String> gone = new ArrayList<>();
        List<String> reduced = new ArrayList<>();
        for (PodMetrics pod : pods) {
            for (String backend : pod.now().values(ENDPOINTS, "backend")) {
                if (endpoints(pod, backend, "healthy") == 0) {
                    gone.add(pod.pod() + ": nothing of " + backend + " takes traffic");
                } else if (endpoints(pod, backend, "ejected") > 0) {
                    reduced.add(pod.pod() + ": a part of " + backend + " is ejected");
                }
            }
        }
        if (!gone.isEmpty()) {
            return Finding.fail("backends without a healthy endpoint", "at least one each")
                    .with(gone);
        }
        return reduced.isEmpty()
                ? Finding.pass("all endpoints take traffic")
                : Finding.warn("some endpoints are ejected", "none").with(reduced);
    }

    private static double endpoints(PodMetrics pod, String backend, String state) {
        return pod.now()
                .sum(
                        ENDPOINTS,
                        (Sample sample) -> sample.label("backend").equals(backend)
                                && sample.label("state").equals(state));
    }
}
