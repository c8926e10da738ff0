package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.Dashboard.Annotation;
import java.util.List;

/// What every dashboard marks in its panels.
final class Annotations {
    /// The version is a label: what tells a roll-out is a series that was not there before, as its value is always 1.
    static final List<Annotation> ALL = List.of(
            new Annotation("Roll-outs", """
                    count by (${by}, tag) (agentgateway_build_info)
                    unless count by (${by}, tag) (agentgateway_build_info offset 5m)""", "blue", "version {{tag}} came up in {{namespace}}"),
            new Annotation("Configurations", """
                    sum by (${by}) (changes(agentgateway_config_last_load_success_timestamp_seconds[$__rate_interval])) > 0""", "purple", "a configuration was taken in {{namespace}}"),
            new Annotation(
                    "Rejected configurations",
                    "min by (${by}, pod, instance) (agentgateway_config_last_load_success) == 0",
                    "red",
                    "{{pod}} {{instance}} serves with the configuration before the last change"));

    private Annotations() {}
}
