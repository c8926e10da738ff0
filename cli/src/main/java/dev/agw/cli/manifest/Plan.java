package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.cli.operations.Monitoring;
import dev.agw.cli.operations.Operations;
import dev.agw.settings.AgwSettings;
import java.util.TreeMap;

/// What all objects are made from.
///
/// @param operations the values
/// @param config what the gateways are configured with
/// @param settings the settings that the gateways will read, with those that the values decide
/// @param renderedBy version of agw
record Plan(Operations operations, ConfigFolder config, GatewaySettings settings, String renderedBy) {
    /// The annotation of all objects that says what wrote them.
    static final String RENDERED_BY = "agw.dev/rendered-by";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String INSTANCE = "app.kubernetes.io/instance";

    Deployment deployment() {
        return operations.deployment();
    }

    Monitoring monitoring() {
        return operations.monitoring();
    }

    /// Where operators' ports are.
    AgwSettings ports() {
        return settings.read();
    }

    /// The name of the gateways.
    Mark.Slot name() {
        return Mark.Slot.text(
                "name",
                "Name of the gateways and of what belongs to them.",
                operations.naming().name());
    }

    /// The name of something that belongs to them.
    Mark.Slot name(String ending) {
        return name().with("-" + ending);
    }

    /// The namespace of the gateways; with Helm, that of the release.
    Object namespace() {
        return new Mark.Computed(
                "{{ .Release.Namespace | quote }}", operations.naming().namespace());
    }

    /// The start of an object of the gateways' namespace.
    Tree object(String apiVersion, String kind, Object name) {
        return object(apiVersion, kind, name, namespace());
    }

    /// The start of an object: what it is, its name, and the labels and annotations that all have.
    Tree object(String apiVersion, String kind, Object name, Object namespace) {
        return head(apiVersion, kind, Tree.of("name", name).put("namespace", namespace));
    }

    /// The start of an object of the whole cluster.
    Tree clusterObject(String apiVersion, String kind, Object name) {
        return head(apiVersion, kind, Tree.of("name", name));
    }

    private Tree head(String apiVersion, String kind, Tree metadata) {
        Tree labels = monitored(kind) ? labels().putAll(monitorLabels()) : labels();
        return Tree.of("apiVersion", apiVersion)
                .put("kind", kind)
                .put("metadata", metadata.put("labels", labels).put("annotations", annotations()));
    }

    /// What the pods are selected by. Never what changes with a release: Kubernetes refuses to change it.
    Tree selector() {
        return Tree.of(NAME, name())
                .put(INSTANCE, name())
                .putAll(Tree.of(new TreeMap<>(deployment().selector())));
    }

    /// The labels of everything.
    Tree labels() {
        return selector()
                .put(
                        "app.kubernetes.io/version",
                        ImageName.of(deployment().image()).label())
                .put("app.kubernetes.io/component", "gateway")
                .put("app.kubernetes.io/part-of", "agw")
                .put("app.kubernetes.io/managed-by", "agw")
                .putAll(Tree.of(new TreeMap<>(operations.naming().labels())));
    }

    private Tree annotations() {
        return Tree.of(RENDERED_BY, renderedBy)
                .putAll(Tree.of(new TreeMap<>(operations.naming().annotations())));
    }

    private static boolean monitored(String kind) {
        return kind.endsWith("Monitor");
    }

    private Tree monitorLabels() {
        Tree labels = new Tree();
        if (!monitoring().release().equals("none")) {
            labels.put("release", monitoring().release());
        }
        return labels.putAll(Tree.of(new TreeMap<>(monitoring().labels())));
    }
}
