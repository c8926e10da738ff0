package dev.agw.cli.manifest;

import dev.agw.cli.operations.Monitoring;
import dev.agw.cli.operations.Operations;
import java.util.Map;
import java.util.Set;

/// Whether labels are such that Kubernetes takes them, and that pods are found by them.
record LabelChecks(Operations operations, Findings findings) {
    private static final String VALUE = "([A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?)?";
    private static final String KEY = "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?";
    private static final String CHANGING = "(.*[/.-])?(version|chart|release|revision|pod-template-hash)";
    private static final Set<String> OURS = Set.of(
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/version",
            "app.kubernetes.io/component",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/managed-by");

    void find() {
        labels("naming.labels", operations.naming().labels());
        labels("deployment.selector", operations.deployment().selector());
        operations.deployment().selector().forEach((key, value) -> {
            if (!value.equals(operations.naming().labels().getOrDefault(key, value))) {
                findings.error(
                        "naming.labels",
                        key + " is another in deployment.selector, so the selector would find no pods",
                        "leave it out");
            }
        });
        labels("monitoring.labels", operations.monitoring().labels());
        operations.deployment().selector().keySet().stream()
                .filter(key -> key.matches(CHANGING))
                .forEach(key -> findings.error(
                        "deployment.selector",
                        "a selector cannot be changed, and " + key + " changes with each release",
                        "say it in naming.labels"));
        job(operations.monitoring());
    }

    private void labels(String field, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (OURS.contains(key)) {
                findings.error(field, key + " is set by agw", "leave it out");
            }
            if (!key.matches(KEY) || !value.matches(VALUE)) {
                findings.error(field, "no label for Kubernetes: " + key + ": \"" + value + "\"", "");
            }
        });
    }

    /// The label `job` is the name of the gateways, as the monitors say.
    private void job(Monitoring monitoring) {
        String name = operations.naming().name();
        boolean found = name.matches(monitoring.jobs().dataPlane().text());
        if (!monitoring.monitor().equals("none") && !found) {
            findings.error(
                    "monitoring.jobs.dataPlane",
                    "no alert would see the gateways: their job is " + name + ", and alerts look for "
                            + monitoring.jobs().dataPlane(),
                    "dataPlane: " + name);
        }
    }
}
