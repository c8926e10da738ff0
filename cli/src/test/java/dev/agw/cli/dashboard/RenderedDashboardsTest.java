package dev.agw.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.dashboard.RenderedDashboards.Form;
import dev.agw.cli.render.Promtool;
import dev.agw.cli.render.Shipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class RenderedDashboardsTest {
    private static final String CHANGED = """
            naming: {name: edge, namespace: ai, labels: {team: "a"}, annotations: {owner: "b"}}
            monitoring: {namespace: watch, clusterLabel: region, scrapeInterval: 10s, jobs: {dataPlane: edge.*}}
            dashboards:
              uidPrefix: ops-
              folder: Models
              datasource: prod-.*
              tags: [ai]
              refresh: 10s
              span: 6h
              timezone: utc
              instanceLabels: {grafana: main}
            alerts:
              AgentGatewayHighErrorRate: {threshold: 12%, severity: warning}
              AgentGatewayHighTTFT: {threshold: 10s, share: 8%, excludeModels: "o1.*"}
              AgentGatewayCertificateExpiring: {enabled: false}
              AgentGatewayErrorBudgetBurnFast: {period: 3d, objective: 99%}
              HighHourlyCost: {threshold: 250 USD/h}
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aSmallDashboardIsExactlyThis() throws Exception {
        JsonNode golden = new ObjectMapper().readTree(Shipped.text("dashboards/small.json"));

        assertThat(Rendered.json(Rendered.small(""), "small")).isEqualTo(golden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CHANGED})
    void promtoolTakesWhatEveryPanelAsks(String values) throws Exception {
        List<PanelQuery> queries = Rendered.shipped(values).queries();
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - record: panel:query").append(i).append("\n        expr: ");
            rules.append(queries.get(i).expr().replace("\n", " ").transform(RenderedDashboardsTest::quoted));
        }
        Files.writeString(folder.resolve("panels.yaml"), rules);

        Promtool checked = Promtool.run(folder, "check", "rules", "panels.yaml");

        assertThat(checked.said()).contains("SUCCESS: " + queries.size() + " rules found");
        assertThat(queries).noneMatch(query -> query.expr().contains("$"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'\n";
    }

    @Test
    void aLineIsWhereTheAlertOfTheValuesFires() throws Exception {
        JsonNode usual = Rendered.json(Rendered.shipped(""), "overview");
        JsonNode changed = Rendered.json(Rendered.shipped(CHANGED), "overview");

        assertThat(line(usual, "Errors by gateway")).isEqualTo(0.05);
        assertThat(line(changed, "Errors by gateway")).isEqualTo(0.12);
        assertThat(color(usual, "Errors by gateway")).isEqualTo("red");
        assertThat(color(changed, "Errors by gateway")).isEqualTo("orange");
        assertThat(line(usual, "First token, p95")).isEqualTo(30);
        assertThat(line(changed, "First token, p95")).isEqualTo(10);
        assertThat(line(Rendered.json(Rendered.shipped(CHANGED), "cost"), "Cost per hour"))
                .isEqualTo(250);
    }

    @Test
    void anExpressionFollowsTheAlertOfTheValues() throws Exception {
        JsonNode llm = Rendered.json(Rendered.shipped(CHANGED), "llm");
        JsonNode overview = Rendered.json(Rendered.shipped(CHANGED), "overview");

        assertThat(Rendered.panel(llm, "Late first tokens").findValuesAsText("expr"))
                .singleElement()
                .asString()
                .contains("sum by (region, namespace, gen_ai_request_model)", "region=~\"$cluster\"")
                .contains("gen_ai_request_model!~\"o1.*\",le=~\"10([.]0)?\"");
        assertThat(Rendered.panel(overview, "Budget of errors, burn rate").findValuesAsText("expr"))
                .first()
                .asString()
                .contains("[6m]", "/ 0.01");
    }

    @Test
    void anAlertThatIsSwitchedOffDrawsNoLine() throws Exception {
        String panel = "Certificates";

        assertThat(steps(Rendered.json(Rendered.shipped(""), "runtime"), panel)).hasSize(2);
        assertThat(steps(Rendered.json(Rendered.shipped(CHANGED), "runtime"), panel))
                .hasSize(1);
    }

    private static double line(JsonNode dashboard, String panel) {
        return steps(dashboard, panel).path(1).path("value").asDouble();
    }

    private static String color(JsonNode dashboard, String panel) {
        return steps(dashboard, panel).path(1).path("color").asText();
    }

    private static JsonNode steps(JsonNode dashboard, String panel) {
        return Rendered.panel(dashboard, panel)
                .path("fieldConfig")
                .path("defaults")
                .path("thresholds")
                .path("steps");
    }

    @Test
    void settingsOfTheValuesHoldForAll() throws Exception {
        JsonNode json = Rendered.json(Rendered.shipped(CHANGED), "mcp");

        assertThat(json.path("uid").asText()).isEqualTo("ops-mcp");
        assertThat(json.path("tags")).extracting(JsonNode::asText).containsExactly("agw", "ai");
        assertThat(json.path("refresh").asText()).isEqualTo("10s");
        assertThat(json.path("time").path("from").asText()).isEqualTo("now-6h");
        assertThat(json.path("timezone").asText()).isEqualTo("utc");
        assertThat(json.path("templating").path("list").path(0).path("regex").asText())
                .isEqualTo("/^(?:prod-.*)$/");
    }

    @Test
    void metricsThatEveryProcessHasAreThoseOfTheGateways() {
        assertThat(Rendered.shipped(CHANGED).queries())
                .filteredOn(query -> query.panel().equals("Memory"))
                .extracting(PanelQuery::expr)
                .containsExactly(
                        "process_resident_memory_bytes{region=~\".*\",job=~\".+\",job=~\"edge.*\",namespace=~\".*\",pod=~\".*\"}");
    }

    @Test
    void aConfigMapIsFoundByTheSidecarAndHoldsTheDashboard() throws Exception {
        RenderedDashboards all = Rendered.shipped(CHANGED);
        String text = all.files(Form.configmap).getOrDefault("ops-llm.yaml", "");
        Map<String, Object> map = new Yaml().load(text);

        assertThat(map)
                .containsEntry("kind", "ConfigMap")
                .extractingByKey("metadata")
                .asString()
                .contains("name=edge-dashboard-llm", "namespace=watch", "grafana_dashboard=1", "grafana_folder=Models")
                .contains("team=a", "owner=b", "app.kubernetes.io/managed-by=agw");
        assertThat(text).contains("    grafana_dashboard: \"1\"\n");
        Map<?, ?> data = (Map<?, ?>) map.getOrDefault("data", Map.of());
        assertThat(new ObjectMapper().readTree(String.valueOf(data.get("ops-llm.json"))))
                .isEqualTo(Rendered.json(all, "llm"));
        assertThat(new Yaml().loadAll(all.text(Form.configmap))).hasSize(7);
    }

    @Test
    void aGrafanaDashboardGoesToTheGrafanaOfTheValues() {
        Map<String, Object> map = new Yaml().load(Rendered.small(CHANGED).text(Form.grafanadashboard));

        assertThat(map)
                .containsEntry("apiVersion", "grafana.integreatly.org/v1beta1")
                .containsEntry("kind", "GrafanaDashboard")
                .extractingByKey("spec")
                .asString()
                .contains("folder=Models", "instanceSelector={matchLabels={grafana=main}}", "\"uid\" : \"ops-small\"");
        assertThat(Rendered.small("").text(Form.grafanadashboard)).contains("dashboards: \"grafana\"\n");
    }

    @Test
    void theDashboardsThatAreNamedAreRendered() {
        assertThat(Rendered.shipped("dashboards: {enabled: [llm, cost]}").names())
                .containsExactly("llm", "cost");
    }

    @Test
    void rendersTheSameTextEveryTime() {
        assertThat(Rendered.shipped(CHANGED).files(Form.json))
                .isEqualTo(Rendered.shipped(CHANGED).files(Form.json))
                .hasSize(7);
    }

    @Test
    void queriesTellWhoseMetricsTheyAreAndWhetherTheyMove() throws Exception {
        List<PanelQuery> queries = Rendered.small("").queries();
        JsonNode last = new ObjectMapper().readTree(queries.getLast().json());

        assertThat(queries).hasSize(7);
        assertThat(queries.getFirst().expr()).contains("[2m]").doesNotContain("\n");
        assertThat(last.path("dashboard").asText()).isEqualTo("small");
        assertThat(last.path("panel").asText()).isEqualTo("Checks");
        assertThat(last.path("source").asText()).isEqualTo("gateway");
        assertThat(last.path("pending").asText()).isEqualTo("guardrails");
    }
}
