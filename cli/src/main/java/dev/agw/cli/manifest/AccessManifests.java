package dev.agw.cli.manifest;

import java.util.ArrayList;
import java.util.List;

/// What `agw check-upgrade` may read in the cluster, and nothing else.
record AccessManifests(Plan plan) {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ENDING = "check-upgrade";

    List<Manifest> manifests() {
        if (!plan.deployment().upgradeCheck().enabled()) {
            return List.of();
        }
        List<Manifest> all = new ArrayList<>();
        all.add(new Manifest(
                ENDING + "-service-account",
                "Read-only, for agw check-upgrade: kubectl create token makes a token for it.",
                plan.object("v1", "ServiceAccount", plan.name(ENDING)).put("automountServiceAccountToken", false)));
        all.addAll(role(ENDING, plan.namespace(), gateways()));
        String monitoring = plan.monitoring().namespace();
        if (!monitoring.equals(plan.operations().naming().namespace())) {
            all.addAll(role(ENDING + "-monitoring", monitoring, monitoring()));
        }
        if (plan.deployment().upgradeCheck().nodes()) {
            all.addAll(clusterRole());
        }
        return all;
    }

    private List<Tree> gateways() {
        List<Tree> rules = new ArrayList<>();
        rules.add(read("", "configmaps", "events", "pods", "resourcequotas", "services"));
        if (plan.deployment().upgradeCheck().podsProxy()) {
            rules.add(rule("", List.of("pods/proxy"), List.of("get")));
        }
        rules.add(read("apps", "deployments", "replicasets"));
        rules.add(read("autoscaling", "horizontalpodautoscalers"));
        rules.add(read("discovery.k8s.io", "endpointslices"));
        rules.add(read("policy", "poddisruptionbudgets"));
        rules.addAll(monitoring());
        return rules;
    }

    private static List<Tree> monitoring() {
        return List.of(read("monitoring.coreos.com", "podmonitors", "prometheusrules", "servicemonitors"));
    }

    private static Tree read(String group, String... resources) {
        return rule(group, List.of(resources), List.of("get", "list"));
    }

    private static Tree rule(String group, List<String> resources, List<String> verbs) {
        return Tree.of("apiGroups", List.of(group)).put("resources", resources).put("verbs", verbs);
    }

    private List<Manifest> role(String name, Object namespace, List<Tree> rules) {
        return List.of(
                new Manifest(
                        name + "-role",
                        plan.object(RBAC + "/v1", "Role", plan.name(name), namespace)
                                .put("rules", rules)),
                new Manifest(
                        name + "-role-binding",
                        binding(plan.object(RBAC + "/v1", "RoleBinding", plan.name(name), namespace), "Role", name)));
    }

    private List<Manifest> clusterRole() {
        String name = ENDING + "-nodes";
        return List.of(
                new Manifest(
                        name + "-cluster-role",
                        plan.clusterObject(RBAC + "/v1", "ClusterRole", plan.name(name))
                                .put("rules", List.of(read("", "nodes")))),
                new Manifest(
                        name + "-cluster-role-binding",
                        binding(
                                plan.clusterObject(RBAC + "/v1", "ClusterRoleBinding", plan.name(name)),
                                "ClusterRole",
                                name)));
    }

    private Tree binding(Tree binding, String kind, String name) {
        Tree subject =
                Tree.of("kind", "ServiceAccount").put("name", plan.name(ENDING)).put("namespace", plan.namespace());
        return binding.put(
                        "roleRef", Tree.of("apiGroup", RBAC).put("kind", kind).put("name", plan.name(name)))
                .put("subjects", List.of(subject));
    }
}
