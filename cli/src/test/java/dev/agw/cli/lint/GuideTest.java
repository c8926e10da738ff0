package dev.agw.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.render.RenderedAlerts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The guide's own rules have defects that were proven with data; those that can be told without are told.
class GuideTest {
    private static final Map<String, List<String>> FOUND = found();

    private static Map<String, List<String>> found() {
        return Given.in("guide.yaml", RenderedAlerts.guide(RenderedAlerts.Form.prometheusrule)).stream()
                .filter(finding -> finding.lint() != Lint.NO_RUNBOOK)
                .collect(Collectors.groupingBy(
                        finding -> finding.place().name(),
                        TreeMap::new,
                        Collectors.mapping(
                                finding -> finding.lint().title() + (finding.severity() == Severity.error ? "!" : ""),
                                Collectors.toList())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert AgentGatewayHighErrorRate | no-traffic-floor no-where",
                "alert AgentGatewayHighRateLimitRate | no-traffic-floor no-where",
                "alert AgentGatewayNoHealthyBackends | single-event no-where",
                "alert AgentGatewaySlowLLMResponses | bucket-reach no-where",
                // agw's own bounds go on to 120 s, so that 30 s can be told: of the guide's, none was above 10 s.
                "alert AgentGatewayHighTTFT | no-where",
                "alert AgentGatewayUpstreamConnectFailures | absolute-rate no-where",
                "alert AgentGatewayGuardrailRejectionSpike | counter-name no-traffic-floor no-where",
                "alert AgentGatewayRuntimeSaturation | value-in-summary",
                "alert AgentGatewayTaskAccumulation | value-in-summary",
                "alert AgentGatewayXDSDisconnected | counter-name single-event",
                "alert AgentGatewayVersionMismatch | no-where",
                "alert AgentGatewayReconcileErrors | single-event no-where",
                "alert AgentGatewaySlowReconcile | bucket-reach! no-where",
                "alert AgentGatewayXDSAuthFailures | half-missing",
                "alert AgentGatewayGoroutineLeak | value-in-summary",
                "alert AgentGatewayRateLimiterOverLimit | no-traffic-floor no-where",
                "alert AgentGatewayRateLimiterNearLimit | no-where",
                "'' | nothing-when-gone",
                "record agentgateway:estimated_hourly_cost | many-to-many half-missing unit-mismatch! record-name",
                "alert HighHourlyCost | unit-mismatch! no-where",
                "alert UnexpectedModelUsage | never-matches! comparison-constant!"
            })
    void tellsTheDefectsOfTheGuide(String where, String titles) {
        assertThat(FOUND.getOrDefault(where, List.of())).containsExactlyInAnyOrder(titles.split(" "));
    }

    @Test
    void noRuleOfTheGuideHasARunbook() {
        assertThat(Given.in("guide.yaml", RenderedAlerts.guide(RenderedAlerts.Form.rule)))
                .filteredOn(finding -> finding.lint() == Lint.NO_RUNBOOK)
                .hasSize(20);
    }

    /// The one name that is found is the guide's: panels ask for it.
    @Test
    void whatAgwRendersIsFreeOfThem() {
        RenderedAlerts alerts = RenderedAlerts.of(OperationsReader.parse("defaults", ""), new ArrayList<>())
                .orElseThrow();

        for (RenderedAlerts.Form form : RenderedAlerts.Form.values()) {
            assertThat(Given.in("rendered.yaml", alerts.text(form)))
                    .singleElement()
                    .matches(finding -> finding.lint() == Lint.RECORD_NAME)
                    .matches(finding -> finding.place().name().equals("record agentgateway:estimated_hourly_cost"));
        }
    }
}
