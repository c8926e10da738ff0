package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderAlertsCommandTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void writesRulesToStandardOutputAndWhatIsPendingBesideIt() {
        Outcome rendered = Outcome.of("render-alerts");

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out()).startsWith("# Rendered by agw render-alerts").contains("\ngroups:\n  - name: ");
        assertThat(rendered.err()).contains(" alerts, ", "pending: AgentGatewayGuardrailFailOpen (guardrails)\n");
    }

    @Test
    void writesFilesTestsAndRunbooks() throws IOException {
        Path rules = temp.resolve("rules.yaml");

        Outcome rendered = Outcome.of(
                "render-alerts",
                "-o",
                rules.toString(),
                "--tests",
                temp.resolve("tests").toString(),
                "--runbooks",
                temp.resolve("books").toString());

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out()).isEmpty();
        assertThat(rules).content().contains("- alert: AgentGatewayHighErrorRate\n");
        assertThat(count("tests")).isEqualTo(2 * count("books"));
        assertThat(temp.resolve("books/AgentGatewayHighErrorRate.md")).content().contains("## Mitigation");
    }

    @Test
    void refusesValuesThatAreWrongAndWritesNothing() throws IOException {
        Path values =
                Files.writeString(temp.resolve("values.yaml"), "alerts:\n  HighHourlyCost:\n    threshold: 5 EUR\n");
        Path rules = temp.resolve("rules.yaml");

        Outcome refused = Outcome.of("render-alerts", "--values", values.toString(), "-o", rules.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(values + ":3: alerts.HighHourlyCost.threshold: unknown unit \"EUR\"")
                .endsWith("agw: nothing was written\n");
        assertThat(rules).doesNotExist();
    }

    @Test
    void refusesAWindowInWhichTooFewScrapesLie() throws IOException {
        Path values =
                Files.writeString(temp.resolve("values.yaml"), "alerts: {AgentGatewayHighErrorRate: {window: 30s}}\n");

        Outcome refused = Outcome.of("render-alerts", "--values", values.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("AgentGatewayHighErrorRate", "[30s] is shorter than 2 scrape intervals of 30s");
    }

    @Test
    void givesTheGuidesTextUnchanged() {
        Outcome verbatim = Outcome.of("render-alerts", "--verbatim");

        assertThat(verbatim.out())
                .startsWith("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n")
                .contains("sum(rate(agentgateway_guardrail_checks[5m])) by (phase) > 0.20\n")
                .contains("and on() hour() >= 0 and hour() < 8\n");
        assertThat(Outcome.of("render-alerts", "--verbatim", "--format", "rule").out())
                .startsWith("groups:\n");
    }

    @Test
    void printsAllValuesWithTheirMeaning() {
        Outcome printed = Outcome.of("render", "--print-defaults");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out()).contains("\nversion: 1\n", "  AgentGatewayHighErrorRate:\n");
        assertThat(Outcome.of("render").exitCode()).isEqualTo(2);
    }

    private long count(String folder) throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve(folder))) {
            return files.count();
        }
    }
}
