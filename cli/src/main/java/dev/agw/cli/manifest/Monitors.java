package dev.agw.cli.manifest;

import java.time.Duration;
import java.util.List;

/// What Prometheus's operator finds the gateways by.
record Monitors(Plan plan) {
    private static final Duration LONGEST_SCRAPE = Duration.ofSeconds(10);
    private static final String COMMENT =
            "The guide's monitors have neither job label nor interval, and no label that a Prometheus selects them by.";

    /// The one that the values ask for; none for none.
    List<Manifest> manifests() {
        return switch (plan.monitoring().monitor()) {
            case "PodMonitor" -> List.of(podMonitor());
            case "ServiceMonitor" -> List.of(service(), serviceMonitor());
            default -> List.of();
        };
    }

    private Manifest podMonitor() {
        return new Manifest(
                "pod-monitor",
                COMMENT,
                plan.object("monitoring.coreos.com/v1", "PodMonitor", plan.name())
                        .put(
                                "spec",
                                spec().put("selector", Tree.of("matchLabels", plan.selector()))
                                        .put("podMetricsEndpoints", List.of(endpoint()))));
    }

    private Manifest serviceMonitor() {
        return new Manifest(
                "service-monitor",
                COMMENT,
                plan.object("monitoring.coreos.com/v1", "ServiceMonitor", plan.name())
                        .put(
                                "spec",
                                spec().put("selector", Tree.of("matchLabels", metricsLabels()))
                                        .put("endpoints", List.of(endpoint()))));
    }

    /// Nothing but `/metrics`, within the cluster: the Service of the clients must not lead there.
    private Manifest service() {
        Tree service = plan.object("v1", "Service", plan.name("metrics"));
        service.below("metadata").below("labels").putAll(metricsLabels());
        Tree port = Tree.of("name", "metrics")
                .put("port", plan.ports().metrics().address().port())
                .put("protocol", "TCP");
        return new Manifest(
                "service-metrics",
                "For the ServiceMonitor alone.",
                service.put(
                        "spec",
                        Tree.of("clusterIP", "None")
                                .put("selector", plan.selector())
                                .put("ports", List.of(port))));
    }

    private Tree metricsLabels() {
        return plan.selector().put("app.kubernetes.io/component", "metrics");
    }

    private Tree spec() {
        return Tree.of("jobLabel", "app.kubernetes.io/name")
                .put("namespaceSelector", Tree.of("matchNames", List.of(plan.namespace())));
    }

    private Tree endpoint() {
        Duration interval = plan.monitoring().scrapeInterval();
        Duration timeout = interval.compareTo(LONGEST_SCRAPE) < 0 ? interval : LONGEST_SCRAPE;
        return Tree.of("port", "metrics")
                .put("path", "/metrics")
                .put("interval", interval.toSeconds() + "s")
                .put("scrapeTimeout", timeout.toSeconds() + "s");
    }
}
