package dev.agw.cli.manifest;

import dev.agw.cli.operations.Operations;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Whether names and times are such that Kubernetes takes them.
record NameChecks(Operations operations, Findings findings) {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String SUBDOMAIN = "(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*";
    private static final String VARIABLE = "[A-Za-z_.-][A-Za-z0-9_.-]*";

    void find() {
        names("monitoring.namespace", LABEL, List.of(operations.monitoring().namespace()));
        names("deployment.pullSecrets", SUBDOMAIN, operations.deployment().pullSecrets());
        names(
                "deployment.environment.secrets",
                SUBDOMAIN,
                operations.deployment().environment().secrets());
        names(
                "deployment.environment.variables",
                VARIABLE,
                operations.deployment().environment().variables().keySet());
        Duration interval = operations.monitoring().scrapeInterval();
        if (interval.toNanosPart() != 0 || interval.isZero()) {
            findings.error("monitoring.scrapeInterval", "expected whole seconds, and one at least", "");
        }
    }

    private void names(String field, String shape, Collection<String> names) {
        names.stream()
                .filter(name -> !name.matches(shape))
                .forEach(name -> findings.error(field, "no name for Kubernetes: \"" + name + "\"", ""));
    }
}
