package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.Dashboard.Annotation;
import java.util.List;

/// What every dashboard marks in its panels.
final class Annotations {
    /// The version is a label: what tells a roll-out is a series that was not there before, as its value is always 1.
    private static final String ROLLED_OUT = "count by (${by}, tag) (agentgateway_build_info)"
            + " unless count by (${by}, tag) (agentgateway_build_info offset 5m)";

    private static final String CONFIGURED = "sum by (${by})"
            + " (changes(agentgateway_config_last_load_success_timestamp_seconds[$__rate_interval])) > 0";

    private static final List<Annotation> ALL = List.of(
            new Annotation("Roll-outs", ROLLED_OUT, "blue", "version {{tag}} came up in {{namespace}}"),
            new Annotation("Configurations", CONFIGURED, "purple", "a configuration was taken in {{namespace}}"),
            new Annotation(
                    "Rejected configurations",
                    "min by (${by}, pod, instance) (agentgateway_config_last_load_success) == 0",
                    "red",
                    "{{pod}} {{instance}} serves with the configuration before the last change"));

    private Annotations() {}

    /// All of them, narrowed to what was chosen.
    static List<Annotation> all(Shared shared) {
        Filters filters = new Filters(shared.operations().monitoring(), shared.catalogue());
        return ALL.stream()
                .map(mark -> new Annotation(mark.name(), expr(mark, shared, filters), mark.color(), mark.text()))
                .toList();
    }

    private static String expr(Annotation mark, Shared shared, Filters filters) {
        String expr = filters.narrow(shared.watches().none().fill(mark.expr()));
        List<String> findings = new ExprLint(filters).findings(expr);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the distribution is broken: " + findings);
        }
        return expr;
    }
}
