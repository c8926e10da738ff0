package dev.agw.cli.cluster;

import java.util.List;

/// Objects that are listed.
///
/// @param prefix of their path: `/api/v1`, `/apis/apps/v1`
/// @param plural the resource
/// @param where which of them are of use
/// @param optional whether checks do without them where they may not be read
record ObjectKind(String prefix, String plural, Where where, boolean optional) {
    private static final String CORE = "/api/v1";
    private static final String APPS = "/apis/apps/v1";
    private static final String MONITORING = "/apis/monitoring.coreos.com/v1";

    static final ObjectKind DEPLOYMENTS = new ObjectKind(APPS, "deployments", Where.NAMED, false);
    static final ObjectKind PODS = new ObjectKind(CORE, "pods", Where.OF_THE_DEPLOYMENT, false);

    /// All but the two above.
    static final List<ObjectKind> OTHERS = List.of(
            new ObjectKind(APPS, "replicasets", Where.OF_THE_DEPLOYMENT, false),
            new ObjectKind("/apis/policy/v1", "poddisruptionbudgets", Where.NAMESPACE, false),
            new ObjectKind("/apis/autoscaling/v2", "horizontalpodautoscalers", Where.NAMESPACE, false),
            new ObjectKind("/apis/keda.sh/v1alpha1", "scaledobjects", Where.NAMESPACE, true),
            new ObjectKind(CORE, "events", Where.NAMESPACE, false),
            new ObjectKind(CORE, "services", Where.NAMESPACE, false),
            new ObjectKind(CORE, "configmaps", Where.NAMESPACE, false),
            new ObjectKind(CORE, "resourcequotas", Where.NAMESPACE, false),
            new ObjectKind(CORE, "secrets", Where.NAMESPACE, false),
            new ObjectKind(MONITORING, "prometheusrules", Where.MONITORING, false),
            new ObjectKind(MONITORING, "podmonitors", Where.MONITORING, false),
            new ObjectKind(MONITORING, "servicemonitors", Where.MONITORING, false),
            new ObjectKind(MONITORING, "prometheuses", Where.MONITORING, true),
            new ObjectKind(CORE, "nodes", Where.CLUSTER, true));

    /// Which objects of a kind are listed.
    enum Where {
        /// The deployments of the namespace that were asked for.
        NAMED,
        /// Those that the deployment's selector chooses.
        OF_THE_DEPLOYMENT,
        /// All of the namespace.
        NAMESPACE,
        /// Those of the namespace, and of the one that Prometheus runs in.
        MONITORING,
        /// All of the cluster.
        CLUSTER
    }

    /// Without the version: `apps`; empty for what has none.
    String group() {
        return prefix.equals(CORE) ? "" : prefix.replaceFirst("/apis/([^/]+)/.*", "$1");
    }

    /// @param namespace empty for objects of the cluster
    String path(String namespace) {
        return namespace.isEmpty() ? prefix + "/" + plural : prefix + "/namespaces/" + namespace + "/" + plural;
    }
}
