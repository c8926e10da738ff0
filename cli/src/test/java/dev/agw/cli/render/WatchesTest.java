package dev.agw.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.operations.Severity;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "(a / (b > 0)) > ${threshold} and c >= ${minEvents} # (a / (b > 0)) # > # threshold",
                "avg_over_time((a > bool ${threshold})[5m:1m]) > ${share} # avg_over_time((a > bool ${threshold})[5m:1m]) # > # share",
                "min(a{x=~\"y)\"} - time()) < ${threshold} # min(a{x=~\"y)\"} - time()) # < # threshold",
                "a{x!=\"y\"} == 0 # a{x!=\"y\"} # == # ",
                "a >= ${threshold * 2} # a # >= # "
            })
    void whatIsComparedStandsInFrontOfTheFirstComparisonOutsideOfParentheses(
            String expr, String left, String operator, @Nullable String value) {
        assertThat(Comparison.of(expr)).contains(new Comparison(left, operator, Optional.ofNullable(value)));
    }

    @Test
    void aComparisonWithinParenthesesIsNotTheAlerts() {
        assertThat(Comparison.of("(a > 1 and b > 2) or (c > 3)")).isEmpty();
    }

    @Test
    void ratesAreTakenOverWhatGrafanaFindsBest() {
        Watch watch = watch("", "AgentGatewayHighErrorRate");

        assertThat(watch.expr().orElseThrow().replaceAll("\\s+", " "))
                .isEqualTo(
                        "( sum by (cluster, namespace, gateway) (rate(agentgateway_requests_total{status=~\"5..\"}[$__rate_interval]))"
                                + " / (sum by (cluster, namespace, gateway) (rate(agentgateway_requests_total[$__rate_interval])) > 0) )");
        assertThat(watch.limit()).contains(new Watch.Limit(0.05, Amount.Unit.SHARE, false, Severity.critical));
        assertThat(watch.metrics()).containsExactly("agentgateway_requests_total");
    }

    @Test
    void countsKeepTheWindowThatTheirThresholdHoldsFor() {
        assertThat(watch("alerts: {AgentGatewayXDSDisconnected: {window: 20m}}", "AgentGatewayXDSDisconnected")
                        .expr())
                .hasValueSatisfying(expr -> assertThat(expr).contains("[20m]"));
    }

    @Test
    void whatIsRecordedForAnAlertIsPutIn() {
        assertThat(watch("", "HighHourlyCost").expr())
                .hasValueSatisfying(expr -> assertThat(expr)
                        .contains("agentgateway_model_cost_per_million", "[$__rate_interval]", "* 3600")
                        .doesNotContain("estimated_hourly_cost"));
    }

    @Test
    void limitsFollowTheValuesAndGoWithTheAlert() {
        Watch changed = watch(
                "alerts: {AgentGatewayHighTTFT: {share: 7%, threshold: 10s, severity: info}}", "AgentGatewayHighTTFT");

        assertThat(changed.limit()).contains(new Watch.Limit(0.07, Amount.Unit.SHARE, false, Severity.info));
        assertThat(changed.limit("threshold").map(Watch.Limit::value)).contains(10.0);
        assertThat(changed.expr()).hasValueSatisfying(expr -> assertThat(expr).contains("le=~\"10([.]0)?\""));
        assertThat(watch("", "AgentGatewayCertificateExpiring").limit().map(Watch.Limit::below))
                .contains(true);
        assertThat(watch("alerts: {AgentGatewayHighTTFT: {enabled: false}}", "AgentGatewayHighTTFT")
                        .limit())
                .isEmpty();
    }

    @Test
    void wrongValuesAreToldWithTheirLine() {
        List<Problem> problems = new ArrayList<>();
        watches("alerts: {HighHourlyCos: {}, AgentGatewayHighTTFT: {threshold: 5%}}", problems);

        assertThat(problems).hasSize(2).allMatch(problem -> problem.line() == 1 && problem.error());
    }

    private static Watch watch(String values, String alert) {
        List<Problem> problems = new ArrayList<>();
        Watch watch = watches(values, problems).find(alert).orElseThrow();
        assertThat(problems).isEmpty();
        return watch;
    }

    private static Watches watches(String values, List<Problem> problems) {
        var reading = OperationsReader.parse("values.yaml", values);
        return Watches.of(reading, reading.values().orElseThrow(), problems);
    }
}
