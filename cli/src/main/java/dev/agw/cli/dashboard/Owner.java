package dev.agw.cli.dashboard;

import java.util.Map;

/// Whose metrics these are. That tells which labels they have, and so by which choices a panel is narrowed.
enum Owner {
    /// A gateway, which each choice is about.
    gateway,
    /// The controller that configures gateways from a cluster.
    controlPlane,
    /// The rate limiter that gateways share.
    rateLimiter,
    /// kube-state-metrics and the kubelet.
    kubernetes;

    private static final Map<String, Owner> PREFIXES = Map.of(
            "agentgateway_controller_", controlPlane,
            "enterprise_kgateway_", controlPlane,
            "kgateway_", controlPlane,
            "go_", controlPlane,
            "ratelimit_", rateLimiter,
            "kube_", kubernetes,
            "container_", kubernetes);

    /// The owner of that metric, by how its name begins.
    static Owner of(String metric) {
        return PREFIXES.entrySet().stream()
                .filter(prefix -> metric.startsWith(prefix.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(gateway);
    }
}
