package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.operations.CountOrShare;
import dev.agw.cli.operations.Deployment;
import java.util.Optional;
import java.util.function.Function;

/// Compares what a cluster has with what manifests are rendered from, where `--values` names it: what passes by itself
/// and differs is a warning, as the next apply changes it.
final class AsRendered {
    private AsRendered() {}

    static Finding budget(Finding found, JsonNode budget, Aim aim) {
        return compared(
                found,
                aim,
                values -> differs("minAvailable", values.disruption().minAvailable(), budget)
                        .or(() -> differs("maxUnavailable", values.disruption().maxUnavailable(), budget)));
    }

    private static Optional<String> differs(String field, Optional<CountOrShare> wanted, JsonNode budget) {
        return wanted.map(CountOrShare::toString)
                .filter(value -> !value.equals(budget.path("spec").path(field).asText()))
                .map(value -> field + " " + value);
    }

    static Finding grace(Finding found, Fleet fleet, Aim aim) {
        return compared(found, aim, values -> {
            long grace = values.shutdown().gracePeriod().toSeconds();
            long preStop = values.shutdown().preStop().toSeconds();
            return grace == fleet.grace() && preStop == fleet.preStop()
                    ? Optional.empty()
                    : Optional.of("a grace period of " + grace + " s, preStop of " + preStop + " s");
        });
    }

    static Finding most(Finding found, int most, Aim aim) {
        return compared(
                found,
                aim,
                values -> replicas("maxReplicas", values.autoscaling().maxReplicas(), most));
    }

    static Finding least(Finding found, int least, Aim aim) {
        return compared(
                found,
                aim,
                values -> values.autoscaling().enabled()
                        ? replicas("minReplicas", values.autoscaling().minReplicas(), least)
                        : Optional.of("no autoscaler"));
    }

    private static Optional<String> replicas(String field, int wanted, int live) {
        return wanted == live ? Optional.empty() : Optional.of(field + " " + wanted);
    }

    /// @param difference what the values ask for; empty if that is what there is
    private static Finding compared(Finding found, Aim aim, Function<Deployment, Optional<String>> difference) {
        Optional<String> other = aim.limits().rendered().flatMap(difference);
        return found.unless(other.isPresent(), other.orElse(""));
    }
}
