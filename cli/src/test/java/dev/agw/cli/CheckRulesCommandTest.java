package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesCommandTest {
    private static final String RULES = """
        groups:
        - name: g
          rules:
          - alert: Gone
            expr: agentgateway_requests > 0
            for: 5m
            annotations: {runbook_url: u}
          - alert: Draining
            expr: agentgateway_draining > 0
            for: 5m
        """;

    @TempDir
    private Path folder;

    private Path rules() throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), RULES);
    }

    @Test
    void tellsWhatWhereAndWhatToDo() throws IOException {
        Path rules = rules();

        Outcome outcome = Outcome.of("check-rules", rules.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("files: 1, errors: 1, warnings: 1\n");
        assertThat(outcome.out())
                .startsWith(rules
                        + ":4: alert Gone\n  error AGW1602 metric-unknown: there is no metric agentgateway_requests;"
                        + " did you mean \"agentgateway_requests_total\"?\n")
                .endsWith("""
                    %s:8: alert Draining
                      warn AGWR213 no-runbook: no annotation runbook_url
                        expected: the annotation runbook_url
                        to do:    write a runbook, and link it
                    """.formatted(rules));
    }

    @Test
    void leavesOutWhatIsNotWantedAndTellsWarningsByTheExitCodeIfAsked() throws IOException {
        String rules = rules().toString();

        Outcome skipped = Outcome.of("check-rules", "--skip", "AGW1602", "-o", "short", rules);
        Outcome only = Outcome.of("check-rules", "--only", "no-runbook", "--fail-on=warn", rules);
        Outcome nothing = Outcome.of("check-rules", "--skip", "AGW1602,no-runbook", "--fail-on=warn", rules);

        assertThat(skipped.exitCode()).isZero();
        assertThat(skipped.out()).isEqualTo(rules + ":8: alert Draining: warn AGWR213: no annotation runbook_url\n");
        assertThat(only.exitCode()).isEqualTo(4);
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.out()).isEmpty();
    }

    @Test
    void printsJson() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(Outcome.of("check-rules", "-o", "json", rules().toString())
                        .out());

        assertThat(json.path("counts").path("error").asInt()).isEqualTo(1);
        assertThat(json.path("findings").path(0).path("id").asText()).isEqualTo("AGW1602");
        assertThat(json.path("findings").path(0).path("line").asInt()).isEqualTo(4);
    }

    @Test
    void judgesByTheValues() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"),
                RULES.replace("agentgateway_requests >", "rate(agentgateway_requests_total[5m]) >"));
        Path values = Files.writeString(folder.resolve("values.yaml"), "monitoring: {scrapeInterval: 2m}\n");

        assertThat(Outcome.of("check-rules", "--only", "short-window", rules.toString())
                        .out())
                .isEmpty();
        assertThat(Outcome.of("check-rules", "--only", "short-window", "--values", values.toString(), rules.toString())
                        .out())
                .contains("[5m] is shorter than 4 scrape intervals of 2m");
        assertThat(Outcome.of("check-rules", "--values", rules.toString(), rules.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void listsAndExplainsWhatItLooksFor() {
        assertThat(Outcome.of("check-rules", "--list").out()).contains("AGW1603  error bucket-reach ", "AGWR407 ");
        assertThat(Outcome.of("check-rules", "--explain", "never-matches").out())
                .startsWith("AGWR105 never-matches (error)\n")
                .contains("to do:");
        assertThat(Outcome.of("check-rules", "--explain", "AGWR999").exitCode()).isEqualTo(2);
    }

    @Test
    void wantsFiles() {
        assertThat(Outcome.of("check-rules").exitCode()).isEqualTo(2);
        assertThat(Outcome.of("check-rules", folder + "/none.yaml").exitCode()).isEqualTo(2);
    }

    @Test
    void renderAlertsWritesNothingThatItCallsAnError() throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), "monitoring: {scrapeInterval: 4m}\n");

        Outcome outcome = Outcome.of("render-alerts", "--values", values.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("alert AgentGatewayHighErrorRate: [5m] is shorter than 2 scrape intervals of 4m");
    }
}
