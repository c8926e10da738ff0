package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Shutdown.Source;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long an end of a pod may take: by its parameters, else by variables of its container, which win over its
/// settings, else by its settings, or what those are rendered from.
final class DrainInForce {
    private static final String MIN = "AGW_SHUTDOWN_MIN";
    private static final String MAX = "AGW_SHUTDOWN_MAX";

    private DrainInForce() {}

    static Shutdown of(Snapshot snapshot, Aim aim) {
        Shutdown written = written(snapshot, aim);
        List<JsonNode> deployments = snapshot.items("deployments");
        return written.source() == Source.PARAMETERS || deployments.size() != 1
                ? written
                : overridden(written, new Fleet(deployments.getFirst()).container());
    }

    private static Shutdown written(Snapshot snapshot, Aim aim) {
        return snapshot.config() instanceof Part.Read<ConfigReading>(ConfigReading config)
                        && config.shutdown().source() != Source.ASSUMED
                ? config.shutdown()
                : aim.limits()
                        .rendered()
                        .map(values -> new Shutdown(
                                values.shutdown().min(), values.shutdown().max(), Source.VALUES))
                        .orElse(Shutdown.DEFAULTS);
    }

    private static Shutdown overridden(Shutdown written, JsonNode container) {
        Optional<Duration> min = variable(container, MIN);
        Optional<Duration> max = variable(container, MAX);
        return min.isEmpty() && max.isEmpty()
                ? written
                : new Shutdown(min.orElse(written.min()), max.orElse(written.max()), Source.ENVIRONMENT);
    }

    private static Optional<Duration> variable(JsonNode container, String name) {
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return time(variable.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /// A gateway does not start with what is no time, so that this says nothing of those that run.
    private static Optional<Duration> time(String text) {
        try {
            return Optional.of(Span.parse(text));
        } catch (InvalidValueException none) {
            return Optional.empty();
        }
    }
}
