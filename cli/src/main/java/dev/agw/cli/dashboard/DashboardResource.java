package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.render.Yaml;
import java.util.Map;
import java.util.TreeMap;

/// A dashboard as a resource of a cluster.
record DashboardResource(Operations operations, Dashboard dashboard, String json) {
    private static final String HEAD =
            "Rendered by agw render-dashboards: change the values (agw render --print-defaults) and render again.";

    /// For the sidecar of Grafana, which looks for the label.
    String configMap() {
        Map<String, String> labels = labels();
        labels.put("grafana_dashboard", "1");
        Map<String, String> annotations = new TreeMap<>(operations.naming().annotations());
        annotations.put("grafana_folder", operations.dashboards().folder());
        Yaml yaml = new Yaml();
        yaml.comment(0, HEAD).line(0, "apiVersion: v1").line(0, "kind: ConfigMap");
        metadata(yaml, labels, annotations);
        return yaml.line(0, "data:").block(1, dashboard.uid() + ".json", json).toString();
    }

    /// For Grafana's operator.
    String grafanaDashboard() {
        Yaml yaml = new Yaml();
        yaml.comment(0, HEAD)
                .line(0, "apiVersion: grafana.integreatly.org/v1beta1")
                .line(0, "kind: GrafanaDashboard");
        metadata(yaml, labels(), new TreeMap<>(operations.naming().annotations()));
        Map<String, String> instances = operations.dashboards().instanceLabels();
        yaml.line(0, "spec:").quoted(1, "folder", operations.dashboards().folder());
        yaml.line(1, "instanceSelector:");
        texts(yaml, 2, "matchLabels", new TreeMap<>(instances.isEmpty() ? Map.of("dashboards", "grafana") : instances));
        return yaml.block(1, "json", json).toString();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(operations.naming().labels());
        labels.put("app.kubernetes.io/name", operations.naming().name());
        labels.put("app.kubernetes.io/managed-by", "agw");
        return labels;
    }

    private void metadata(Yaml yaml, Map<String, String> labels, Map<String, String> annotations) {
        yaml.line(0, "metadata:");
        yaml.line(1, "name: " + operations.naming().name() + "-dashboard-" + dashboard.name());
        yaml.line(1, "namespace: " + operations.monitoring().namespace());
        texts(yaml, 1, "labels", labels);
        texts(yaml, 1, "annotations", annotations);
    }

    private static void texts(Yaml yaml, int depth, String key, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            yaml.line(depth, key + ":");
            texts.forEach((name, value) -> yaml.quoted(depth + 1, name, value));
        }
    }
}
