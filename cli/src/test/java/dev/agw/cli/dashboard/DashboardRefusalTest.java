package dev.agw.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardRefusalTest {
    private static final String HEAD = """
            dashboard: mine
            title: Mine
            description: Some panels.
            rows:
              - title: Row
                panels:
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "unit: reqps, queries: [{expr: 'sum(rate(agentgateway_request_total[$__rate_interval]))'}] # queries[0].expr: there is no metric agentgateway_request_total; did you mean \"agentgateway_requests_total\"?",
                "unit: reqps, queries: [{expr: 'sum by (code) (rate(agentgateway_requests_total[$__rate_interval]))'}] # queries[0].expr: no metric here has the label code",
                "unit: reqps, queries: [{expr: 'sum(rate(agentgateway_requests_total{code=\"500\"}[$__rate_interval]))'}] # queries[0].expr: agentgateway_requests_total has no label code",
                "unit: s, queries: [{expr: 'histogram_quantile(0.9, sum by (le) (rate(agentgateway_request_duration_seconds_bucket[$__rate_interval]))) > 100'}] # queries[0].expr: a quantile of agentgateway_request_duration_seconds_bucket is never above 80",
                "unit: reqps, queries: [{expr: 'sum(rate(agentgateway_requests_total[5m]))'}] # queries[0].expr: expected a rate over $__rate_interval, found one over 5m",
                "unit: short, queries: [{expr: 'sum(agentgateway_requests_total)'}] # queries[0].expr: agentgateway_requests_total only ever grows: expected its rate or increase",
                "unit: short, queries: [{expr: 'sum(rate(agentgateway_requests_total[$__rate_interval])) / sum(agentgateway_requests_total)'}] # queries[0].expr: agentgateway_requests_total only ever grows",
                "unit: short, queries: [{expr: 'sum(agentgateway_draining'}] # queries[0].expr: a parenthesis is not closed",
                "unit: short, queries: [{expr: 'agentgateway_draining > ${threshold}'}] # queries[0].expr: no formula at \"threshold\"",
                "unit: short, queries: [{expr: 'max_over_time(agentgateway_draining[$foo])'}] # queries[0].expr: no variable is called foo; known here: cluster, job",
                "unit: s, queries: [{expr: 'histogram_quantile(95, sum by (le) (rate(agentgateway_request_duration_seconds_bucket[$__rate_interval])))'}] # queries[0].expr: histogram_quantile(95, ...): expected a share from 0 to 1",
                "unit: s, queries: [{expr: 'histogram_quantile(0.9, sum(rate(agentgateway_request_duration_seconds_bucket[$__rate_interval])))'}] # queries[0].expr: histogram_quantile() of agentgateway_request_duration_seconds_bucket without le",
                "unit: short, queries: [{legend: x}] # queries[0].expr: missing: the panel has no alert that compares a single expression",
                "unit: short, alert: AgentGatewayErrorBudgetBurnFast, queries: [{legend: x}] # queries[0].expr: missing: the panel has no alert",
                "unit: short, queries: [] # a panel without queries shows nothing",
                "unit: furlongs, queries: [{expr: agentgateway_draining}] # unit: unknown unit \"furlongs\"; known here: none",
                "unit: '', queries: [{expr: agentgateway_draining}] # unit: unknown unit \"\"",
                "unit: s, alert: AgentGatewayHighErrorRate, queries: [{legend: x}] # unit: a line at a share such as 5% means nothing in the unit s",
                "unit: short, alert: HighHourlyCost, queries: [{legend: x}] # unit: a line at money per hour such as 10 USD/h means nothing in the unit short",
                "unit: short, alert: AgentGatewayHighErrorRat, queries: [{expr: agentgateway_draining}] # alert: unknown alert; did you mean \"AgentGatewayHighErrorRate\"?",
                "unit: percentunit, alert: AgentGatewayHighErrorRate, queries: [{expr: agentgateway_draining}] # alert: the panel asks for none of what the alert asks for, which is agentgateway_requests_total",
                "unit: percentunit, alert: AgentGatewayHighErrorRate, line: share, queries: [{legend: x}] # line: expected a value of the alert: threshold, window, minEvents",
                "unit: short, states: [{value: 1, text: a, color: red}], queries: [{expr: agentgateway_draining}] # states: a timeseries does not name values",
                "unit: short, width: 25, queries: [{expr: agentgateway_draining}] # width: expected"
            })
    void aPanelThatIsWrongIsRefusedWithItsLine(String rest, String message) {
        Problem problem = Rendered.problems("", HEAD + "      - {title: T, description: D, " + rest + "}\n")
                .getFirst();

        assertThat(problem.file()).isEqualTo("panels.yaml");
        assertThat(problem.line()).isEqualTo(7);
        assertThat(problem.path()).startsWith("rows[0].panels[0]");
        assertThat(problem.toString()).contains("rows[0].panels[0]").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "title: '', description: D # title: expected some words",
                "title: T, description: ' ' # description: expected some words",
                "title: T # description: missing",
                "title: T, description: D, colour: red # colour: unknown field"
            })
    void everyPanelMustSayWhatItShows(String words, String message) {
        String panel = "      - {" + words + ", unit: short, queries: [{expr: agentgateway_draining}]}\n";

        assertThat(Rendered.problems("", HEAD + panel))
                .singleElement()
                .asString()
                .startsWith("panels.yaml:7: rows[0].panels[0].")
                .contains(message);
    }

    @Test
    void panelsAndDashboardsMayNotBeCalledAlike() {
        String panel = "      - {title: T, description: D, unit: short, queries: [{expr: agentgateway_draining}]}\n";

        assertThat(Rendered.problems("", HEAD + panel + panel))
                .singleElement()
                .asString()
                .isEqualTo("panels.yaml:8: rows[0].panels[1].title: another panel is called so, too");
        assertThat(Rendered.problems("", HEAD + panel + "---\n" + HEAD + panel))
                .singleElement()
                .asString()
                .isEqualTo("panels.yaml:9: dashboard: another dashboard is called so, too");
        assertThat(Rendered.problems("", HEAD.replace("mine", "My-Own") + panel))
                .singleElement()
                .asString()
                .startsWith("panels.yaml:1: dashboard: expected up to ten small letters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "alerts: {AgentGatewayHighTTFT: {threshold: 45s}} # alerts.AgentGatewayHighTTFT: agentgateway_gen_ai_server_time_to_first_token_bucket has no bound 45; its bounds are",
                "alerts: {AgentGatewayHighTTFT: {threshold: 5%}} # alerts.AgentGatewayHighTTFT.threshold: expected a time",
                "alerts: {Nothing: {}} # alerts.Nothing: unknown alert",
                "dashboards: {enabled: [min]} # dashboards.enabled[0]: unknown dashboard min; did you mean \"mine\"?",
                "dashboards: {uidPrefix: 'a b'} # dashboards: expected a uidPrefix of at most 28 letters",
                "dashboards: {refresh: 0s} # dashboards: expected a refresh and a span of a second at least",
                "dashboards: {foldr: x} # dashboards.foldr: unknown field; did you mean \"folder\"?"
            })
    void valuesThatAreWrongAreRefusedWithTheirLine(String values, String message) {
        String panel =
                "      - {title: T, description: D, unit: percentunit, alert: AgentGatewayHighTTFT, queries: [{legend: x}]}\n";

        assertThat(Rendered.problems(values, HEAD + panel))
                .singleElement()
                .asString()
                .startsWith("values.yaml:1: " + message);
    }
}
