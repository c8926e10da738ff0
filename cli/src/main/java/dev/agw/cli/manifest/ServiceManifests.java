package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import java.util.List;
import java.util.TreeMap;

/// What clients connect to, and the account that gateways run under.
record ServiceManifests(Plan plan) {
    Manifest service() {
        Deployment.Service values = plan.deployment().service();
        Tree service = plan.object("v1", "Service", plan.name());
        service.below("metadata").below("annotations").putAll(Tree.of(new TreeMap<>(values.annotations())));
        Tree spec = new Tree();
        // The cluster's default is not said.
        if (!values.type().equals("ClusterIP")) {
            spec.put("type", Mark.Slot.text("service.type", "Type of the Service.", values.type()));
        }
        return new Manifest(
                "service",
                "Ports of operators are not in it: metrics, readiness and admin are nobody else's.",
                service.put("spec", spec.put("selector", plan.selector()).put("ports", ports(values))));
    }

    private static List<Tree> ports(Deployment.Service values) {
        return values.served().stream()
                .map(port -> Tree.of("name", port.name())
                        .put("port", port.port())
                        .put("targetPort", port.targetPort())
                        .put("protocol", "TCP"))
                .toList();
    }

    Manifest account() {
        return new Manifest(
                "service-account",
                "It has no rights: a gateway reads files, not the cluster.",
                plan.object("v1", "ServiceAccount", plan.name()).put("automountServiceAccountToken", false));
    }
}
