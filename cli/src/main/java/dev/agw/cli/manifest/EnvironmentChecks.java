package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment.Environment;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether gateways have the variables that their manifests refer to, and none that undo the values.
///
/// @param given what the values say
/// @param config what refers to variables
record EnvironmentChecks(Environment given, ConfigFolder config, Findings findings) {
    private static final String FIELD = "deployment.environment";

    /// Where each of these is said instead.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "JDK_JAVA_OPTIONS", "deployment.jvm.options",
            "AGW_SHUTDOWN_MIN", "deployment.shutdown.min",
            "AGW_SHUTDOWN_MAX", "deployment.shutdown.max",
            "AGW_RESOURCES_PATH", "--config",
            "AGW_METRICS_ADDRESS", "the agw.yaml of --config",
            "AGW_READINESS_ADDRESS", "the agw.yaml of --config");

    void find() {
        Set<String> names = given.variables().keySet();
        names.stream()
                .filter(ELSEWHERE::containsKey)
                .forEach(name -> findings.error(
                        FIELD + ".variables",
                        name + " wins over what else is rendered",
                        "say it in " + ELSEWHERE.getOrDefault(name, "")));
        names.stream()
                .filter(name -> name.matches(".*(_KEY|_TOKEN|_SECRET|PASSWORD)"))
                .forEach(name -> findings.warning(
                        FIELD + ".variables",
                        name + " stands in the Deployment, where more people read than in a Secret",
                        "name a Secret with that key in " + FIELD + ".secrets"));
        if (given.secrets().isEmpty()) {
            missing(names);
        }
    }

    private void missing(Set<String> names) {
        List<String> missing = config.variables().stream()
                .filter(name -> !names.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            findings.error(
                    FIELD,
                    "manifests refer to " + String.join(", ", missing) + ", and the gateways have no such variable",
                    "name a Secret with that key in " + FIELD + ".secrets");
        } else if (config.files().isEmpty() && names.stream().noneMatch(name -> name.endsWith("_API_KEY"))) {
            findings.warning(
                    FIELD,
                    "gateways without manifests (--config) and without a provider's key have nothing to serve, and end",
                    "name a Secret with OPENAI_API_KEY or the like in " + FIELD + ".secrets");
        }
    }
}
