package dev.agw.cli.operations;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import java.time.Duration;
import java.util.Map;

/// What watches the gateways: Prometheus, and who finds its way from there.
@Doc("What watches the gateways.")
public record Monitoring(
        @Doc(value = "Namespace of the rules and dashboards.", byDefault = "monitoring")
        String namespace,

        @Doc(
                value = "Value of the label release, by which Prometheus finds rules and monitors; none leaves it out.",
                byDefault = "prometheus")
        String release,

        @Doc("Further labels of rules and monitors, where Prometheus selects by others.")
        Map<String, String> labels,

        @Doc(value = "Version of the Prometheus that reads the rules.", byDefault = "2.42")
        PrometheusVersion prometheus,

        @Doc(value = "The label that tells clusters apart.", byDefault = "cluster")
        String clusterLabel,

        @Doc("The values of the label job.") Jobs jobs,

        @Doc(value = "What Prometheus finds the gateways by.", byDefault = "PodMonitor")
        @Allowed({"PodMonitor", "ServiceMonitor", "none"})
        String monitor,

        @Doc(value = "Time between two scrapes.", byDefault = "30s")
        Duration scrapeInterval,

        @Doc(value = "Address of a runbook; {alert} stands for the name of the alert.", byDefault = Monitoring.RUNBOOKS)
        UrlPattern runbookUrl,

        @Doc(value = "Address of the dashboard that alerts point to; none leaves it out.", byDefault = "none")
        UrlPattern dashboardUrl) {
    static final String RUNBOOKS = "https://agw.dev/runbooks/{alert}.md";

    public Monitoring {
        if (!clusterLabel.matches("[a-zA-Z_]\\w*")) {
            throw new InvalidValueException("expected a label such as cluster, found \"" + clusterLabel + "\"");
        }
    }

    @Doc("The values of the label job: names with .* for what varies, and | between alternatives.")
    public record Jobs(
            @Doc(value = "Of the gateways.", byDefault = ".*agentgateway-proxy.*|.*data-plane-monitoring.*")
            JobPattern dataPlane,

            @Doc(
                    value = "Of the control plane.",
                    byDefault = ".*control-plane-monitoring.*|.*enterprise-agentgateway.*")
            JobPattern controlPlane,

            @Doc(value = "Of the rate limiter.", byDefault = ".*rate-limiter.*")
            JobPattern rateLimiter) {}
}
