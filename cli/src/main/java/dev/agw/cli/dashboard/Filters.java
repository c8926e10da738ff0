package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Monitoring;
import dev.agw.cli.promql.Narrowed;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Selector.Matcher;
import dev.agw.cli.render.Catalogue;
import java.util.ArrayList;
import java.util.List;

/// The matchers that narrow what a panel asks for to what was chosen at the top.
///
/// `job=~"$job"` alone does not do for metrics that every process has, such as `process_open_fds`: all jobs are
/// those of the values. Metrics of Kubernetes have the job of who tells them, and those of the other components a
/// job of the values; there is no choice of an `instance`, as namespace and pod take its place.
record Filters(Monitoring monitoring, Catalogue catalogue) {
    private static final String JOB = "job";
    private static final String FITS = "=~";
    private static final String OWN = "agentgateway_";

    /// `expr` with the matchers that its selectors lack.
    ///
    /// @throws dev.agw.schema.InvalidValueException if it is no PromQL
    String narrow(String expr) {
        return Narrowed.text(expr, this::missing);
    }

    /// The matchers that `selector` should have and has not.
    List<Matcher> missing(Selector selector) {
        return wanted(selector).stream()
                .filter(matcher -> !selector.matchers().contains(matcher))
                .toList();
    }

    private List<Matcher> wanted(Selector selector) {
        List<Matcher> wanted = new ArrayList<>();
        wanted.add(matcher(monitoring.clusterLabel(), "cluster"));
        switch (owner(selector)) {
            case gateway -> gateway(selector.name(), wanted);
            case controlPlane ->
                wanted.add(
                        new Matcher(JOB, FITS, monitoring.jobs().controlPlane().text()));
            case rateLimiter ->
                wanted.add(
                        new Matcher(JOB, FITS, monitoring.jobs().rateLimiter().text()));
            case kubernetes -> kubernetes(selector.name(), wanted);
        }
        return wanted;
    }

    /// Whose series a selector finds: a job of its own tells more than its name.
    Owner owner(Selector selector) {
        for (Matcher matcher : selector.matchers()) {
            if (matcher.label().equals(JOB)
                    && matcher.value().equals(monitoring.jobs().controlPlane().text())) {
                return Owner.controlPlane;
            }
        }
        return Owner.of(selector.name());
    }

    private void gateway(String name, List<Matcher> wanted) {
        wanted.add(matcher(JOB, JOB));
        if (!name.startsWith(OWN)) {
            wanted.add(new Matcher(JOB, FITS, monitoring.jobs().dataPlane().text()));
        }
        wanted.add(matcher("namespace", "namespace"));
        wanted.add(matcher("pod", "pod"));
        boolean ofGateway = catalogue
                .find(name)
                .map(metric -> metric.labels().contains("gateway"))
                .orElse(false);
        if (ofGateway) {
            wanted.add(matcher("gateway", "gateway"));
        }
    }

    private static void kubernetes(String name, List<Matcher> wanted) {
        wanted.add(matcher("namespace", "namespace"));
        if (name.startsWith("kube_pod_") || name.startsWith("container_")) {
            wanted.add(matcher("pod", "pod"));
        }
    }

    private static Matcher matcher(String label, String variable) {
        return new Matcher(label, FITS, "$" + variable);
    }
}
