package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.resource.EnterpriseAgentgatewayParameters;
import dev.agw.resource.GatewayParameters;
import dev.agw.resource.Parameters;
import dev.agw.schema.Node;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.LoadedSettings;
import java.time.Duration;
import java.util.stream.Stream;

/// Whether the user's manifests fit into a ConfigMap, and to the values.
record ConfigChecks(Plan plan, Findings findings) {
    /// What the API server takes, less what is around it.
    private static final int MOST_CHARS = 1_000_000;

    private static final String KEY = "[-._a-zA-Z0-9]{1,253}";

    void find() {
        ConfigFolder config = plan.config();
        if (config.files().values().stream().mapToInt(String::length).sum() > MOST_CHARS) {
            findings.error("deployment", "the manifests do not fit into a ConfigMap, which holds 1 MiB", "");
        }
        config.documents().forEach(new SecretCheck(findings.problems())::look);
        shutdown();
        config.settings()
                .flatMap(user -> user.get("shutdown"))
                .filter(end -> !end.nothing())
                .ifPresent(this::settings);
        config.files().keySet().forEach(this::key);
        new EnvironmentChecks(plan.deployment().environment(), config, findings).find();
    }

    /// What parameters among the manifests say of the end wins over the settings.
    private void shutdown() {
        Deployment.Shutdown values = plan.deployment().shutdown();
        parameters()
                .flatMap(parameters -> parameters.shutdown().stream())
                .filter(said -> !said.min().equals(values.min()) || !said.max().equals(values.max()))
                .forEach(said -> findings.error(
                        "deployment.shutdown",
                        "parameters among the manifests say min %d s and max %d s, and win over these values"
                                .formatted(said.min().toSeconds(), said.max().toSeconds()),
                        "say the same in both places"));
        if (parameters().anyMatch(ConfigChecks::deploys)) {
            findings.warning(
                    "deployment",
                    "what parameters among the manifests say of what is deployed is not taken over",
                    "say it in these values");
        }
    }

    /// What the user's `agw.yaml` says of the end does not get to the gateways: the values win.
    private void settings(Node end) {
        LoadedSettings loaded = GatewaySettings.loaded(Tree.of("shutdown", GatewaySettings.value(end)));
        findings.problems().addAll(loaded.problems());
        Deployment.Shutdown values = plan.deployment().shutdown();
        AgwSettings.Shutdown usual = GatewaySettings.defaults().shutdown();
        loaded.settings()
                .map(AgwSettings::shutdown)
                .filter(said ->
                        other(said.min(), values.min(), usual.min()) || other(said.max(), values.max(), usual.max()))
                .ifPresent(said -> findings.error(
                        "deployment.shutdown",
                        "agw.yaml says min %d s and max %d s, and these values win over it"
                                .formatted(said.min().toSeconds(), said.max().toSeconds()),
                        "say the same in both places, or leave shutdown out of agw.yaml"));
    }

    private static boolean other(Duration said, Duration value, Duration usual) {
        return !said.equals(value) && !said.equals(usual);
    }

    private void key(String name) {
        if (!name.matches(KEY)) {
            findings.error(
                    "deployment",
                    "the file \"" + name + "\" of --config cannot be a key of a ConfigMap",
                    "take letters, digits, -, _ and . for its name");
        }
    }

    private Stream<Parameters> parameters() {
        return Stream.concat(
                plan.config().resources().all(GatewayParameters.class).stream().map(GatewayParameters::spec),
                plan.config().resources().all(EnterpriseAgentgatewayParameters.class).stream()
                        .map(EnterpriseAgentgatewayParameters::spec));
    }

    private static boolean deploys(Parameters parameters) {
        return parameters.kube().isPresent()
                || parameters.deployment().isPresent()
                || parameters.horizontalPodAutoscaler().isPresent()
                || parameters.podDisruptionBudget().isPresent()
                || parameters.resources().isPresent()
                || parameters.image().isPresent()
                || parameters.service().isPresent()
                || !parameters.env().isEmpty();
    }
}
