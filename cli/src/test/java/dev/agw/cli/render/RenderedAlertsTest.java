package dev.agw.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.render.RenderedAlerts.Form;
import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class RenderedAlertsTest {
    /// Other thresholds, windows, names and times, as short as a drill needs them.
    private static final String CHANGED = """
            naming: {name: edge, namespace: ai}
            monitoring:
              clusterLabel: region
              dashboardUrl: https://grafana.example/d/agw-overview
              jobs: {dataPlane: edge, controlPlane: steer.*, rateLimiter: limits}
            alerts:
              AgentGatewayHighErrorRate: {threshold: 50%, window: 30s, minEvents: 5000, for: 5s, severity: info, labels: {team: "a \\"b\\""}}
              AgentGatewayHighRateLimitRate: {threshold: 0.5%, for: 0s, keepFiringFor: 2m}
              AgentGatewayNoHealthyBackends: {enabled: false}
              AgentGatewaySlowLLMResponses: {threshold: 10.24s, share: 30%, window: 20s, for: 10s}
              AgentGatewayHighTTFT: {threshold: 2.5s, excludeModels: "o1.*|o3.*"}
              AgentGatewayRuntimeSaturation: {threshold: 0, share: 10%, window: 1m, for: 0s}
              AgentGatewayTaskAccumulation: {threshold: 50, window: 1m, for: 10s}
              AgentGatewayVersionMismatch: {for: 10s}
              AgentGatewayErrorBudgetBurnFast: {objective: 99%, period: 3d, for: 10s}
              AgentGatewayErrorBudgetBurnSlow: {objective: 99.9%, period: 7d, for: 5m}
              AgentGatewayCertificateExpiring: {threshold: 30d, for: 0s}
              AgentGatewaySlowReconcile: {threshold: 1s, share: 20%}
              AgentGatewayRateLimiterNearLimit: {threshold: 100/s, share: 90%}
              HighHourlyCost: {threshold: 0.5 USD/h, window: 10m, for: 20s}
              UnexpectedModelUsage: {models: 'claude-opus-4\\.1.*', fromHour: 22, untilHour: 6, utcOffset: -5}
            """;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"", CHANGED})
    void promtoolTakesTheRulesAndSeesEachFireBeSilentAndResolve(String values) throws Exception {
        RenderedAlerts alerts = render(values);
        Map<String, String> files = alerts.tests();
        Files.writeString(folder.resolve("rules.yaml"), alerts.text(Form.rule));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        String[] tests = files.keySet().stream()
                .filter(name -> name.endsWith("_test.yaml"))
                .toArray(String[]::new);

        assertThat(Promtool.run(folder, "check", "rules", "--lint-fatal", "rules.yaml"))
                .matches(checked -> checked.exitCode() == 0, "check rules");
        Promtool tested = Promtool.run(
                folder,
                Stream.concat(Stream.of("test", "rules"), Stream.of(tests)).toArray(String[]::new));

        assertThat(tested.exitCode()).as(tested.said()).isZero();
        assertThat(tested.said().split("SUCCESS", -1)).hasSize(tests.length + 1);
    }

    @Test
    void aTestFailsWhenItsRuleMeansSomethingElse() throws Exception {
        Map<String, String> files = render("").tests();
        String name = "AgentGatewayHighErrorRate_rules.yaml";
        String rules = files.getOrDefault(name, "");
        Files.writeString(folder.resolve(name), rules.replace(") > 0.05\n", ") > 0.5\n"));
        String test = "AgentGatewayHighErrorRate_test.yaml";
        Files.writeString(folder.resolve(test), files.getOrDefault(test, ""));

        Promtool tested = Promtool.run(folder, "test", "rules", test);

        assertThat(tested.exitCode()).isEqualTo(1);
        assertThat(tested.said()).contains("FAILED");
    }

    @Test
    void theRulesThatAreTestedAreThoseThatAreRendered() {
        RenderedAlerts alerts = render(CHANGED);
        List<Object> tested = new ArrayList<>();
        alerts.tests().forEach((name, text) -> {
            if (name.endsWith("_rules.yaml")) {
                tested.addAll(rules(text));
            }
        });

        assertThat(tested).containsExactlyInAnyOrderElementsOf(rules(alerts.text(Form.rule)));
    }

    private static List<Object> rules(String text) {
        Map<String, List<Map<String, List<Object>>>> file = new Yaml().load(text);
        return file.getOrDefault("groups", List.of()).stream()
                .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                .toList();
    }

    @Test
    void everyAlertFiresInOneTestAndIsSilentBeforeAndAfter() {
        assertThat(RuleSources.shipped().all())
                .allSatisfy(source -> assertThat(source.tests())
                        .anySatisfy(test -> assertThat(test.expect())
                                .containsExactly(
                                        RuleSource.State.silent, RuleSource.State.firing, RuleSource.State.silent)));
    }

    @Test
    void descriptionsNameOnlyLabelsThatTheAlertHas() {
        Pattern label = Pattern.compile("\\$labels\\.(\\w+)");
        for (RuleSource source : RuleSources.shipped().all()) {
            String labels = source.tests().getFirst().labels().orElse("") + "namespace=pod=instance=";
            assertThat(label.matcher(source.description()).results().map(found -> found.group(1)))
                    .as(source.name())
                    .allMatch(name -> labels.contains(name + "="));
            assertThat(source.summary()).doesNotContain("{{").endsWith(".");
        }
    }

    @Test
    void everyAlertOfTheGuideIsThereUnderItsName() {
        List<String> guide = Pattern.compile("alert: (\\w+)")
                .matcher(RenderedAlerts.guide(Form.prometheusrule))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(guide).hasSize(20);
        assertThat(RuleSources.shipped().all().stream()
                        .filter(source -> source.origin() == RuleSource.Origin.guide)
                        .map(RuleSource::name))
                .containsExactlyInAnyOrderElementsOf(guide);
    }

    @Test
    void bothFormsHoldTheSameGroups() {
        RenderedAlerts alerts = render(CHANGED);
        Map<String, Object> rule = new Yaml().load(alerts.text(Form.rule));
        Map<String, Map<String, Object>> resource = new Yaml().load(alerts.text(Form.prometheusrule));

        assertThat(resource.get("spec")).isEqualTo(rule);
        assertThat(resource.get("metadata"))
                .containsEntry("name", "edge-alerts")
                .containsEntry("namespace", "monitoring")
                .extractingByKey("labels")
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name",
                        "edge",
                        "app.kubernetes.io/managed-by",
                        "agw",
                        "release",
                        "prometheus"));
    }

    @Test
    void theGuidesRulesAreValidInBothForms() throws Exception {
        Files.writeString(folder.resolve("guide.yaml"), RenderedAlerts.guide(Form.rule));

        assertThat(Promtool.run(folder, "check", "rules", "guide.yaml").said()).contains("SUCCESS: 21 rules found");
    }

    @Test
    void switchesOffAndCarriesLabelsAndAddresses() {
        RenderedAlerts alerts = render(CHANGED);

        assertThat(alerts.names()).doesNotContain("AgentGatewayNoHealthyBackends");
        assertThat(alerts.text(Form.rule))
                .contains("team: \"a \\\"b\\\"\"")
                .contains("keep_firing_for: 2m")
                .contains("dashboard_url: \"https://grafana.example/d/agw-overview\"")
                .contains("runbook_url: \"https://agw.dev/runbooks/AgentGatewayHighTTFT.md\"");
    }

    @Test
    void tellsWhichAlertsWaitForAPartOfTheGateway() {
        assertThat(render("").pending())
                .containsEntry("AgentGatewayGuardrailFailOpen", "guardrails")
                .containsEntry("AgentGatewayControlPlaneMemory", "control plane")
                .containsEntry("HighHourlyCost", "prices")
                .containsEntry("AgentGatewayHighRateLimitRate", "rate limits")
                .doesNotContainKey("AgentGatewayHighErrorRate");
        assertThat(render("").text(Form.rule)).contains("#   HighHourlyCost (prices)");
    }

    @Test
    void rendersTheSameTextEveryTime() throws IOException {
        assertThat(render(CHANGED).tests()).isEqualTo(render(CHANGED).tests());
        assertThat(DefaultsText.of(RuleSources.shipped()))
                .isEqualTo(Files.readString(Path.of("../conf/operations.yaml")));
    }

    @Test
    void whatIsPrintedAsDefaultsReadsBackToThem() {
        var nothing = OperationsReader.parse("nothing", "").values().orElseThrow();
        var printed = OperationsReader.parse("printed", DefaultsText.of(RuleSources.shipped()))
                .values()
                .orElseThrow();

        assertThat(printed).usingRecursiveComparison().ignoringFields("alerts").isEqualTo(nothing);
        assertThat(printed.alerts().keySet())
                .containsExactlyInAnyOrderElementsOf(RuleSources.shipped().names());
        assertThat(render(DefaultsText.of(RuleSources.shipped())).tests())
                .isEqualTo(render("").tests());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts: {AgentGatewayHighTTFT: {threshold: 45s}} | alerts.AgentGatewayHighTTFT: agentgateway_gen_ai_server_time_to_first_token_bucket has no bound 45; its bounds are",
                "alerts: {AgentGatewayHighTTFT: {threshold: 300s}} | alerts.AgentGatewayHighTTFT: agentgateway_gen_ai_server_time_to_first_token_bucket has no bound 300; its bounds are",
                "alerts: {AgentGatewayHighTTFT: {threshold: 5%}} | alerts.AgentGatewayHighTTFT.threshold: expected a time such as 30s or 1h, found \"5%\"",
                "alerts: {AgentGatewayVersionMismatch: {window: 5m}} | alerts.AgentGatewayVersionMismatch.window: AgentGatewayVersionMismatch has no window; it has threshold",
                "alerts: {AgentGatewayHighTTF: {for: 5m}} | alerts.AgentGatewayHighTTF: unknown alert; did you mean \"AgentGatewayHighTTFT\"?",
                "alerts: {UnexpectedModelUsage: {models: '(a'}} | alerts.UnexpectedModelUsage.models: expected an expression that begins with a name",
                "alerts: {AgentGatewayHighErrorRate: {threshold: 500%}} | alerts.AgentGatewayHighErrorRate.threshold: expected a share above 0% and below 100%, found \"500%\"",
                "alerts: {AgentGatewayHighErrorRate: {minEvents: 0}} | alerts.AgentGatewayHighErrorRate.minEvents: expected at least 1, found \"0\"",
                "alerts: {AgentGatewayErrorBudgetBurnFast: {objective: 50%}} | alerts.AgentGatewayErrorBudgetBurnFast.objective: expected a share above 93.06%",
                "alerts: {HighHourlyCost: {labels: {a-b: c}}} | alerts.HighHourlyCost.labels.a-b: expected a label such as team, found a-b",
                "{monitoring: {prometheus: 2.41}, alerts: {AgentGatewayHighTTFT: {keepFiringFor: 5m}}} | alerts.AgentGatewayHighTTFT: keepFiringFor needs Prometheus 2.42"
            })
    void refusesWhatCouldNeverFireAndSaysWhere(String values, String message) {
        List<Problem> problems = new ArrayList<>();

        Optional<RenderedAlerts> rendered = RenderedAlerts.of(OperationsReader.parse("values.yaml", values), problems);

        assertThat(rendered).isEmpty();
        assertThat(problems).isNotEmpty().allMatch(problem -> problem.line() == 1);
        assertThat(problems.getFirst().path() + ": " + problems.getFirst().message()
                        + (problems.getFirst().hint().isEmpty()
                                ? ""
                                : "; " + problems.getFirst().hint()))
                .startsWith(message);
    }

    @Test
    void everyRenderedExpressionIsReadToItsEnd() {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(render("").text(Form.rule));

        assertThat(rules.getOrDefault("groups", List.of()).stream()
                        .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                        .map(rule -> Expression.of(String.valueOf(rule.get("expr")))))
                .hasSize(44)
                .allMatch(expression -> !expression.names().isEmpty());
    }

    private static RenderedAlerts render(String values) {
        List<Problem> problems = new ArrayList<>();
        return RenderedAlerts.of(OperationsReader.parse("values.yaml", values), problems)
                .orElseThrow(() -> new AssertionError(problems));
    }
}
