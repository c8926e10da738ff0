package dev.agw.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.dashboard.DashboardSources;
import dev.agw.cli.dashboard.RenderedDashboards;
import dev.agw.cli.operations.OperationsReader;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardLintsTest {
    private static final String GOOD = """
        {
          "title": "Overview", "uid": "agw-overview", "editable": false,
          "templating": {"list": [
            {"name": "datasource", "type": "datasource"},
            {"name": "job", "type": "query", "refresh": 2}, {"name": "group"}, {"name": "limit"}]},
          "panels": [
            {"type": "row", "title": "All", "panels": [
              {"type": "timeseries", "title": "Requests", "description": "Per second.",
               "datasource": {"uid": "$datasource"}, "fieldConfig": {"defaults": {"unit": "reqps"}},
               "targets": [{"expr": "sum by (${group}) (rate(agentgateway_requests_total{job=~\\"$job\\"}[$__rate_interval])) > $limit"}]}]},
            {"type": "text", "title": "Notes"}
          ]
        }
        """;

    @Test
    void hasNothingAgainstAGoodOne() {
        assertThat(Given.in("board.json", GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "datasource-variable | \"type\": \"datasource\" | \"type\": \"custom\"",
                "variable-refresh | \"refresh\": 2 | \"refresh\": 1",
                "editable | \"editable\": false | \"editable\": true",
                "dashboard-uid | \"uid\": \"agw-overview\" | \"uid\":"
                        + " \"a-name-that-is-much-longer-than-grafana-has-room-for\"",
                "dashboard-uid | \"uid\": \"agw-overview\" | \"id\": 7, \"uid\": \"agw-overview\"",
                "panel-text | \"description\": \"Per second.\", | ``",
                "panel-text | \"title\": \"Requests\", | ``",
                "panel-unit | \"unit\": \"reqps\" | ``",
                "panel-datasource | \"uid\": \"$datasource\" | \"uid\": \"P1809F7CD0C75ACF3\"",
                "panel-window | $__rate_interval | 5m",
                "panel-variable | $limit | $limt",
                "panel-variable | [$__rate_interval] | [$foo]",
                "panel-selection | {job=~\\\"$job\\\"} | ``",
                "panel-aggregation | sum by (${group}) | ``",
                "metric-unknown | agentgateway_requests_total | agentgateway_request_total",
                "label-unknown | job=~ | job=~\\\"x\\\",tenant=~",
                "no-promql | )) > $limit | ) > $limit",
                "counter-without-rate | rate(agentgateway_requests_total{job=~\\\"$job\\\"}[$__rate_interval]) |"
                        + " (agentgateway_requests_total{job=~\\\"$job\\\"})"
            })
    void tellsWhatIsWrong(String title, String from, String to) {
        assertThat(GOOD).contains(from);

        assertThat(Given.lints(Given.in("board.json", GOOD.replace(from, to))))
                .extracting(Lint::title)
                .containsExactly(title);
    }

    @Test
    void theSideOfAnInfoMetricHasOneSeriesForEachTarget() {
        Map<String, String> shipped = RenderedDashboards.of(
                        OperationsReader.parse("defaults", ""), DashboardSources.shipped(), new ArrayList<>())
                .orElseThrow()
                .files(RenderedDashboards.Form.json);

        assertThat(shipped).hasSizeGreaterThan(5);
        shipped.forEach((name, text) ->
                assertThat(Given.lints(Given.in(name, text))).as(name).doesNotContain(Lint.MANY_TO_MANY));
    }

    @Test
    void findsThePlaceOfAPanel() {
        assertThat(Given.in("board.json", GOOD.replace("$__rate_interval", "5m")))
                .singleElement()
                .hasToString("board.json:8: dashboard Overview, panel Requests: warn AGWR305: rate() over [5m]");
    }

    @Test
    void readsConfigMapsAndListsOfThem() {
        String map = """
            kind: List
            items:
            - kind: ConfigMap
              metadata: {name: boards}
              data:
                readme.txt: nothing
                overview.json: |
            %s\
            """.formatted(GOOD.replace("\"editable\": false", "\"editable\": true")
                .indent(6));

        assertThat(Given.in("boards.yaml", map))
                .singleElement()
                .hasToString("boards.yaml:7: dashboard Overview: warn AGWR309: editable is not false");
    }
}
