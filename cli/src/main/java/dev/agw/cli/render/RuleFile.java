package dev.agw.cli.render;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Numbers;
import dev.agw.cli.operations.Operations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Alerts as Prometheus reads them, from a file or through its operator.
final class RuleFile {
    private static final String HEAD =
            "Rendered by agw render-alerts: change the values (agw render --print-defaults) and render again.";

    private final List<Alert> alerts;
    private final Yaml yaml = new Yaml();

    private RuleFile(List<Alert> alerts) {
        this.alerts = alerts;
    }

    /// A file for `rule_files`.
    static String plain(List<Alert> alerts) {
        RuleFile file = new RuleFile(alerts);
        file.head();
        file.groups(0);
        return file.yaml.toString();
    }

    /// A PrometheusRule.
    static String resource(List<Alert> alerts, Operations operations) {
        RuleFile file = new RuleFile(alerts);
        file.head();
        file.metadata(operations);
        file.yaml.line(0, "spec:");
        file.groups(1);
        return file.yaml.toString();
    }

    private void head() {
        yaml.comment(0, HEAD);
        List<Alert> waiting =
                alerts.stream().filter(alert -> alert.pending().isPresent()).toList();
        if (!waiting.isEmpty()) {
            yaml.comment(0, "Pending, as nothing moves their metrics yet:");
            waiting.forEach(alert ->
                    yaml.line(0, "#   " + alert.name() + " (" + alert.pending().orElse("") + ")"));
        }
    }

    private void metadata(Operations operations) {
        yaml.line(0, "apiVersion: monitoring.coreos.com/v1")
                .line(0, "kind: PrometheusRule")
                .line(0, "metadata:");
        yaml.line(1, "name: " + operations.naming().name() + "-alerts");
        yaml.line(1, "namespace: " + operations.monitoring().namespace());
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/name", operations.naming().name());
        labels.put("app.kubernetes.io/managed-by", "agw");
        if (!operations.monitoring().release().equals("none")) {
            labels.put("release", operations.monitoring().release());
        }
        labels.putAll(new TreeMap<>(operations.naming().labels()));
        labels.putAll(new TreeMap<>(operations.monitoring().labels()));
        texts(1, "labels", labels);
        texts(1, "annotations", new TreeMap<>(operations.naming().annotations()));
    }

    private void groups(int depth) {
        yaml.line(depth, "groups:");
        Map<String, List<Alert>> groups =
                alerts.stream().collect(Collectors.groupingBy(Alert::group, LinkedHashMap::new, Collectors.toList()));
        groups.forEach((name, members) -> {
            yaml.line(depth + 1, "- name: " + name).line(depth + 2, "rules:");
            members.forEach(alert -> alert(depth + 3, alert));
        });
    }

    private void alert(int depth, Alert alert) {
        yaml.comment(depth, alert.name() + ": " + alert.comment());
        alert.pending().ifPresent(part -> yaml.comment(depth, "Pending: waits for the part \"" + part + "\"."));
        for (RuleSource.Recording recording : alert.records()) {
            yaml.line(depth, "- record: " + recording.name()).block(depth + 1, "expr", recording.expr());
        }
        yaml.line(depth, "- alert: " + alert.name()).block(depth + 1, "expr", alert.expr());
        if (!alert.hold().isZero()) {
            yaml.line(depth + 1, "for: " + time(alert.hold()));
        }
        alert.keepFiringFor().ifPresent(time -> yaml.line(depth + 1, "keep_firing_for: " + time(time)));
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("severity", alert.severity().name());
        labels.putAll(new TreeMap<>(alert.labels()));
        texts(depth + 1, "labels", labels);
        texts(depth + 1, "annotations", alert.annotations());
    }

    private void texts(int depth, String key, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            yaml.line(depth, key + ":");
            texts.forEach((name, value) -> yaml.quoted(depth + 1, name, value));
        }
    }

    private static String time(Duration time) {
        return Numbers.time(Amount.of(time).value());
    }
}
