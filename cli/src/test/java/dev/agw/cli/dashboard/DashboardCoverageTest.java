package dev.agw.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.render.RuleSources;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricCatalogue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// That the dashboards show what the production guide and its chapter on cost speak of.
class DashboardCoverageTest {
    private static final RenderedDashboards ALL = Rendered.shipped("");
    private static final Set<String> SHOWN = ALL.queries().stream()
            .flatMap(query -> Expression.of(query.expr()).names().stream())
            .collect(Collectors.toSet());

    @Test
    void thereIsADashboardForEachPart() {
        assertThat(ALL.names()).containsExactly("overview", "llm", "cost", "mcp", "guardrails", "runtime", "upgrade");
    }

    @Test
    void everyMetricOfTheGatewayIsInAPanel() {
        assertThat(MetricCatalogue.all())
                .allSatisfy(metric -> assertThat(series(metric)).anyMatch(SHOWN::contains));
    }

    private static Stream<String> series(Metric metric) {
        return metric.names().stream()
                .flatMap(name -> Stream.of(name, name + "_bucket", name + "_sum", name + "_count"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kgateway_controller_reconciliations_total",
                "kgateway_controller_reconciliations_running",
                "kgateway_controller_reconcile_duration_seconds_bucket",
                "enterprise_kgateway_controller_reconciliations_total",
                "enterprise_kgateway_controller_reconciliations_running",
                "enterprise_kgateway_controller_reconcile_duration_seconds_bucket",
                "kgateway_xds_auth_rq_total",
                "kgateway_xds_auth_rq_success_total",
                "go_goroutines",
                "go_memstats_alloc_bytes",
                "process_resident_memory_bytes",
                "process_cpu_seconds_total",
                "process_open_fds",
                "ratelimit_solo_io_total_hits",
                "ratelimit_solo_io_over_limit",
                "ratelimit_solo_io_near_limit",
                "container_cpu_usage_seconds_total",
                "container_memory_working_set_bytes"
            })
    void everyMetricThatTheGuideNamesOfOthersIsInAPanel(String metric) {
        assertThat(SHOWN).contains(metric);
    }

    @Test
    void everyAlertHasAPanelThatShowsWhatItLooksAt() {
        Set<String> alerts = ALL.dashboards().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.source().alert().stream())
                .collect(Collectors.toSet());

        assertThat(alerts)
                .containsExactlyInAnyOrderElementsOf(RuleSources.shipped().names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upgrade | count by \\(tag\\) \\(agentgateway_build_info",
                "upgrade | agentgateway_requests_total\\{.*status=~\"5..\"",
                "upgrade | sum by \\(reason\\) .*agentgateway_xds_connection_terminations_total",
                "upgrade | kgateway_controller_reconciliations_total\\{.*result=\"error\"",
                "mcp | sum by \\(route, server, resource\\) .*method=\"tools/call\"",
                "cost | agentgateway_llm_tokens_total.* group_left .*agentgateway_model_cost_per_million.* \\* 3600",
                "cost | agentgateway_llm_requests_total\\{.*model=~\"gpt-4",
                "llm | histogram_quantile\\(0.99, .*time_to_first_token",
                "llm | histogram_quantile\\(0.95, .*time_per_output_token",
                "overview | histogram_quantile\\(0.99, .*agentgateway_request_duration_seconds_bucket",
                "overview | agentgateway_active_connections",
                "runtime | agentgateway_tokio_global_queue_depth",
                "runtime | process_cpu_seconds_total.*jvm_available_processors",
                "guardrails | agentgateway_guardrail_checks_total\\{.*action=\"Reject\""
            })
    void whatTheGuideSaysToWatchIsWhereItBelongs(String dashboard, String query) {
        assertThat(ALL.queries())
                .filteredOn(asked -> asked.dashboard().equals(dashboard))
                .extracting(PanelQuery::expr)
                .anySatisfy(expr -> assertThat(expr).containsPattern(query));
    }

    @Test
    void tellsWhichPanelsWaitForAPartOfTheGateway() {
        assertThat(ALL.pending())
                .containsEntry("guardrails: Rejections", "guardrails")
                .containsEntry("cost: Cost per hour", "prices")
                .containsEntry("mcp: Tool calls", "MCP")
                .containsEntry("upgrade: Memory of the control plane", "control plane")
                .containsEntry("upgrade: CPU and files of the control plane", "control plane")
                .containsEntry("overview: Clients near their rate limit", "rate limiter")
                .doesNotContainKey("overview: Errors by gateway");
        assertThat(ALL.dashboards())
                .flatMap(Dashboard::panels)
                .filteredOn(panel -> panel.pending().isPresent())
                .allMatch(panel -> panel.description().startsWith("Pending: nothing moves these metrics yet ("));
    }
}
