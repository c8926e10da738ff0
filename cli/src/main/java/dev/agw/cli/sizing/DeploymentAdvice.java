package dev.agw.cli.sizing;

import dev.agw.cli.sizing.Finding.Severity;
import dev.agw.resource.EnterpriseAgentgatewayParameters;
import dev.agw.resource.GatewayParameters;
import dev.agw.resource.Parameters;
import dev.agw.resource.ResourceKey;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replicas, resources and limits that replicas multiply.
record DeploymentAdvice(ResourceSet resources) {
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        parameters().forEach((key, parameters) -> check(key.toString(), parameters, findings));
        for (TrafficPolicy policy : resources.all(TrafficPolicy.class)) {
            if (policy.spec().rateLimit().stream()
                    .anyMatch(limit -> !limit.local().isEmpty())) {
                findings.add(new Finding(
                        "ADV304",
                        Severity.warn,
                        policy.key().toString(),
                        "a local limit is kept by each replica for itself: n replicas allow n times as much",
                        "divide it by the number of replicas, and mind that an HPA changes that"));
            }
        }
        return findings;
    }

    private Map<ResourceKey, Parameters> parameters() {
        Map<ResourceKey, Parameters> all = new LinkedHashMap<>();
        resources.all(GatewayParameters.class).forEach(one -> all.put(one.key(), one.spec()));
        resources.all(EnterpriseAgentgatewayParameters.class).forEach(one -> all.put(one.key(), one.spec()));
        return all;
    }

    private static void check(String where, Parameters parameters, List<Finding> findings) {
        Optional<Parameters.Deployment> deployment = parameters.kube().flatMap(Parameters.Kube::deployment);
        Optional<Integer> replicas = deployment.flatMap(Parameters.Deployment::replicas);
        boolean scaled = parameters.horizontalPodAutoscaler().isPresent();
        if (replicas.isPresent() && scaled) {
            findings.add(new Finding(
                    "ADV301",
                    Severity.error,
                    where,
                    "replicas beside an HPA: every apply sets the count back",
                    "leave replicas out"));
        } else if (replicas.isPresent() && replicas.get() < 3) {
            findings.add(new Finding(
                    "ADV302",
                    Severity.warn,
                    where,
                    replicas.get() + " replicas: production takes 3 at least, one per zone",
                    "raise kube.deployment.replicas, or let agw size tell how many"));
        }
        resources(parameters).ifPresent(some -> memory(where, some, findings));
    }

    private static Optional<Parameters.Resources> resources(Parameters parameters) {
        return parameters
                .resources()
                .or(() -> parameters
                        .kube()
                        .flatMap(Parameters.Kube::deployment)
                        .flatMap(Parameters.Deployment::container)
                        .flatMap(Parameters.Container::resources));
    }

    private static void memory(String where, Parameters.Resources some, List<Finding> findings) {
        String request = String.valueOf(some.requests().get("memory"));
        String limit = String.valueOf(some.limits().get("memory"));
        if (!request.equals(limit)) {
            findings.add(new Finding(
                    "ADV303",
                    Severity.warn,
                    where,
                    "its memory request and limit differ: a JVM grows to its limit, and the node may not have it",
                    "make both the same; agw size tells how much"));
        }
    }
}
