package dev.agw.cli.sizing;

import dev.agw.cli.sizing.Finding.Severity;
import dev.agw.resource.Backend;
import dev.agw.resource.BackendConfigPolicy;
import dev.agw.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The tuning checklist for backends: HTTP/2, pools, keep-alive, circuit breakers, fallbacks.
record BackendAdvice(ResourceSet resources) {
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Backend backend : resources.all(Backend.class)) {
            List<BackendConfigPolicy.Spec> policies = resources.backendPolicies(backend.key()).stream()
                    .map(BackendConfigPolicy::spec)
                    .toList();
            check(backend, policies, findings);
            backend.spec().ai().ifPresent(ai -> alternatives(backend, ai, findings));
        }
        return findings;
    }

    private static void check(Backend backend, List<BackendConfigPolicy.Spec> policies, List<Finding> findings) {
        String where = backend.key().toString();
        if (lacks(policies, BackendConfigPolicy.Spec::outlierDetection)) {
            findings.add(new Finding(
                    "ADV101",
                    Severity.warn,
                    where,
                    "no circuit breaker: an endpoint that fails goes on being asked",
                    "add outlierDetection to a BackendConfigPolicy for it"));
        }
        if (lacks(policies, BackendConfigPolicy.Spec::connectionPool)) {
            findings.add(new Finding(
                    "ADV102",
                    Severity.info,
                    where,
                    "no limits of its connection pool: the defaults hold, 20000 connections among them",
                    "add connectionPool to a BackendConfigPolicy for it"));
        }
        if (lacks(policies, BackendConfigPolicy.Spec::tcpKeepalive)) {
            findings.add(new Finding(
                    "ADV103",
                    Severity.info,
                    where,
                    "no TCP keep-alive: a connection that a firewall forgot is noticed by the request that fails on it",
                    "add tcpKeepalive to a BackendConfigPolicy for it"));
        }
        if (policies.stream().noneMatch(BackendAdvice::http2)) {
            findings.add(new Finding(
                    "ADV104",
                    Severity.info,
                    where,
                    "HTTP/2 is not offered to it: each stream holds a connection",
                    "set connectionPool.http.h2UpgradePolicy: UPGRADE, if it speaks HTTP/2"));
        }
    }

    private static boolean lacks(
            List<BackendConfigPolicy.Spec> policies, Function<BackendConfigPolicy.Spec, Optional<?>> part) {
        return policies.stream().map(part).noneMatch(Optional::isPresent);
    }

    private static boolean http2(BackendConfigPolicy.Spec policy) {
        return policy.http2ProtocolOptions().isPresent()
                || policy.connectionPool()
                        .flatMap(BackendConfigPolicy.ConnectionPool::http)
                        .flatMap(BackendConfigPolicy.Http::h2UpgradePolicy)
                        .filter(BackendConfigPolicy.UpgradePolicy.UPGRADE::equals)
                        .isPresent();
    }

    private static void alternatives(Backend backend, Backend.Ai ai, List<Finding> findings) {
        if (ai.groups().stream().mapToInt(List::size).sum() == 1) {
            findings.add(new Finding(
                    "ADV105",
                    Severity.info,
                    backend.key().toString(),
                    "one provider and no other to fall back to",
                    "add a second group to priorityGroups"));
        }
    }
}
