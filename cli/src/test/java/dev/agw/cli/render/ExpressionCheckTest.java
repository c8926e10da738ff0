package dev.agw.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCheckTest {
    private static final ExpressionCheck CHECK =
            ExpressionCheck.of(Catalogue.known(), "cluster", Set.of("agw:recorded"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(agentgateway_request_total[5m]) > 0 | there is no metric agentgateway_request_total; did you mean \"agentgateway_requests_total\"?",
                "agentgateway_requests_total{code=\"500\"} | agentgateway_requests_total has no label code",
                "sum by (tenant) (agentgateway_requests_total) | no metric here has the label tenant",
                "agentgateway_gen_ai_server_request_duration | there is no metric agentgateway_gen_ai_server_request_duration",
                "rate(agentgateway_gen_ai_server_time_to_first_token_bucket{le=\"45\"}[5m]) | agentgateway_gen_ai_server_time_to_first_token_bucket has no bound 45; its bounds are 0.001,",
                "histogram_quantile(0.95, sum by (le) (rate(agentgateway_request_duration_seconds_bucket[5m]))) > 80 | a quantile of agentgateway_request_duration_seconds_bucket is never above 80, its last bound",
                "histogram_quantile(0.99, sum by (le) (rate(agentgateway_gen_ai_server_request_duration_bucket[5m]))) > 30 | a quantile of agentgateway_gen_ai_server_request_duration_bucket cannot tell 30",
                "sum(agentgateway_requests_total | a parenthesis is not closed"
            })
    void tellsWhatCouldNeverFire(String expression, String finding) {
        assertThat(CHECK.findings(expression)).singleElement().asString().startsWith(finding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum by (cluster, namespace, pod, gateway) (rate(agentgateway_requests_total{job=\"x\",status=~\"5..\"}[5m]))",
                "rate(agentgateway_guardrail_checks{phase=\"Request\"}[5m]) + rate(agentgateway_guardrail_checks_total[5m])",
                "rate(agentgateway_gen_ai_server_time_to_first_token_bucket{le=~\"30([.]0)?\"}[5m])",
                "rate(agentgateway_gen_ai_server_time_to_first_token_bucket{le=\"30\"}[5m])",
                "rate(agentgateway_gen_ai_server_time_to_first_token_bucket{le=\"+Inf\"}[5m])",
                "histogram_quantile(0.9, rate(agentgateway_gen_ai_server_time_to_first_token_bucket[5m])) > 30",
                "agw:recorded{what=\"ever\"} > 1",
                "jvm_memory_used_bytes{area=\"heap\"}"
            })
    void hasNothingAgainstWhatCanFire(String expression) {
        assertThat(CHECK.findings(expression)).isEmpty();
    }

    @Test
    void whatIsSaidToWaitIsInTheCatalogue() {
        Catalogue catalogue = Catalogue.known();

        assertThat(catalogue.pendingNames())
                .isNotEmpty()
                .allMatch(name -> catalogue.find(name).isPresent()
                        || catalogue.find(name + "_bucket").isPresent());
    }
}
