package dev.agw.cli.sizing;

import dev.agw.cli.sizing.Finding.Severity;
import dev.agw.resource.Backend;
import dev.agw.resource.BackendTarget;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The decision tree of timeouts: connect < first token < request <= drain, and a bound on silence.
///
/// @param drain how long an end waits for what runs
record TimeoutAdvice(ResourceSet resources, Duration drain) {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        resources.all(HttpRoute.class).forEach(route -> check(route, findings));
        return findings;
    }

    private void check(HttpRoute route, List<Finding> findings) {
        String where = route.key().toString();
        Optional<Duration> request = route.spec().rules().stream()
                .flatMap(rule -> rule.timeouts().flatMap(HttpRoute.Timeouts::request).stream())
                .findFirst()
                .or(() -> policy(route, TrafficPolicy.Timeouts::request));
        Optional<Duration> first = policy(route, TrafficPolicy.Timeouts::firstToken);
        if (request.isEmpty()) {
            findings.add(new Finding(
                    "ADV201",
                    Severity.warn,
                    where,
                    "no bound on a whole request: one that hangs holds its connections for good",
                    "set timeouts.request: 30s for plain completions, 60s to 120s for long ones, 300s for streams"));
        }
        if (policy(route, TrafficPolicy.Timeouts::streamIdle).isEmpty()) {
            findings.add(new Finding(
                    "ADV202",
                    Severity.warn,
                    where,
                    "no bound on silence within a stream: that of the whole request is far too long to notice one",
                    "set timeouts.streamIdle of a TrafficPolicy, 30s to 60s"));
        }
        request.ifPresent(most -> bounded(where, most, first, findings));
        order(route, first.or(() -> request), findings);
    }

    private void bounded(String where, Duration request, Optional<Duration> first, List<Finding> findings) {
        if (first.isPresent() && first.get().compareTo(request) >= 0) {
            findings.add(new Finding(
                    "ADV203",
                    Severity.warn,
                    where,
                    "the first token may take " + text(first.get()) + ", but the whole request " + text(request),
                    "make timeouts.firstToken shorter than timeouts.request"));
        }
        if (request.compareTo(drain) > 0) {
            findings.add(new Finding(
                    "ADV204",
                    Severity.warn,
                    where,
                    "a request may run " + text(request) + ", but a gateway that ends waits " + text(drain)
                            + " and cuts the rest",
                    "raise shutdown.max and the grace period, or take the loss that agw size works out"));
        }
    }

    private void order(HttpRoute route, Optional<Duration> wait, List<Finding> findings) {
        for (Backend backend : backends(route)) {
            Duration connect = resources.backendPolicies(backend.key()).stream()
                    .flatMap(policy -> policy.spec().timeToConnect().stream())
                    .findFirst()
                    .orElse(CONNECT);
            if (wait.isPresent() && connect.compareTo(wait.get()) >= 0) {
                findings.add(new Finding(
                        "ADV205",
                        Severity.warn,
                        backend.key().toString(),
                        "connecting may take " + text(connect) + ", no less than the " + text(wait.get()) + " that "
                                + route.key() + " waits for an answer: no other endpoint gets its turn",
                        "make connectTimeout a few seconds"));
            }
        }
    }

    private List<Backend> backends(HttpRoute route) {
        String namespace = route.metadata().namespace();
        return route.spec().rules().stream()
                .flatMap(rule -> rule.backendRefs().stream())
                .map(ref -> resources.target(ref, namespace))
                .flatMap(target -> target instanceof BackendTarget.ToBackend(Backend backend)
                        ? List.of(backend).stream()
                        : List.<Backend>of().stream())
                .distinct()
                .toList();
    }

    private Optional<Duration> policy(HttpRoute route, Function<TrafficPolicy.Timeouts, Optional<Duration>> which) {
        List<TrafficPolicy> policies = new ArrayList<>(resources.trafficPolicies(route.key()));
        resources.gateways().forEach(gateway -> policies.addAll(resources.trafficPolicies(gateway.key())));
        return policies.stream()
                .flatMap(policy -> policy.spec().timeouts().flatMap(which).stream())
                .findFirst();
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
