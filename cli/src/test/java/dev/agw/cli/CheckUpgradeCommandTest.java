package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.exposition.MetricsPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckUpgradeCommandTest {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
            "AGW_METRICS_ADDRESS", "127.0.0.1:0",
            "AGW_READINESS_ADDRESS", "127.0.0.1:0",
            "AGW_SHUTDOWN_MIN", "0s");
    private static final int ENOUGH = 25;
    /// What the gateway counts last of a call.
    private static final String COUNTED_LAST = "agentgateway_gen_ai_server_time_per_output_token_count";

    @TempDir
    Path folder = Path.of("");

    @Test
    void judgesARunningGatewayByItsUrlAndLaterByADump() throws IOException, InterruptedException {
        try (Running gateway = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            String greeting = gateway.greeting();
            int port = Running.port(greeting, "http");
            String url = "http://127.0.0.1:" + Running.port(greeting, "metrics") + "/metrics";
            for (int i = 0; i < ENOUGH; i++) {
                gateway.chat(port, "/v1/chat/completions", "demo-model", i % 2 == 0);
            }

            Outcome seen = check("--metrics-url", url, "-o", "json");
            Outcome dumped = Outcome.of("dump", "-o", folder + "/seen", "--window=0s", "--metrics-url", url);
            Outcome later = check("--from-dump", folder + "/seen", "-o", "json");

            assertThat(statuses(seen))
                    .containsAllEntriesOf(Map.of(
                            "AGW1106", "pass",
                            "AGW1107", "warn",
                            "AGW1208", "pass",
                            "AGW1503", "pass",
                            "AGW1701", "pass",
                            "AGW1702", "skip",
                            "AGW1703", "pass",
                            "AGW1704", "pass"));
            assertThat(statuses(seen)).containsEntry("AGW1707", "pass");
            assertThat(seen.exitCode()).isZero();
            assertThat(dumped).isEqualTo(new Outcome(0, folder + "/seen\n", ""));
            assertThat(statuses(later)).isEqualTo(statuses(seen));
        }
    }

    @Test
    void readsThePageOfARunningGatewayInBothFormats() throws IOException, InterruptedException {
        try (Running gateway = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            String greeting = gateway.greeting();
            gateway.chat(Running.port(greeting, "http"), "/v1/chat/completions", "demo-model", true);
            int port = Running.port(greeting, "metrics");
            Until.holds(
                    "the call is counted", 30, () -> page(port, "text/plain").contains(COUNTED_LAST));

            MetricsPage text = MetricsPage.parse(page(port, "text/plain"));
            MetricsPage open = MetricsPage.parse(page(port, "application/openmetrics-text"));

            assertThat(text.names()).isEqualTo(open.names()).contains("agentgateway_build_info");
            assertThat(text.types()).containsEntry("agentgateway_requests_total", "counter");
            assertThat(open.types()).containsEntry("agentgateway_requests", "counter");
        }
    }

    @Test
    void comparesWithTheBaselineThatItWroteBefore() throws IOException, InterruptedException {
        try (Running gateway = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            String greeting = gateway.greeting();
            String url = "http://127.0.0.1:" + Running.port(greeting, "metrics") + "/metrics";
            for (int i = 0; i < ENOUGH; i++) {
                gateway.chat(Running.port(greeting, "http"), "/v1/chat/completions", "demo-model", false);
            }
            String baseline = folder + "/before.json";

            Outcome before = check("--metrics-url", url, "--baseline", baseline);
            String clients = "http://127.0.0.1:" + Running.port(greeting, "http") + "/v1";
            Outcome after = check(
                    "--phase=post",
                    "--metrics-url",
                    url,
                    "--baseline",
                    baseline,
                    "--skip",
                    "AGW3005,AGW3006,AGW3007,AGW3008",
                    "-o",
                    "json");
            Outcome smoke = check("--phase=post", "--smoke-url", clients, "--only", "smoke", "-o", "json");

            assertThat(before.err())
                    .isEqualTo("agw: wrote the baseline " + baseline
                            + "\nagw: one look: judged is what was counted since each gateway started\n");
            assertThat(statuses(after))
                    .isEqualTo(Map.of(
                            "AGW3001", "pass",
                            "AGW3002", "warn",
                            "AGW3003", "pass",
                            "AGW3004", "pass"));
            assertThat(statuses(smoke)).isEqualTo(Map.of("AGW3007", "pass"));
            assertThat(check("--phase=post", "--smoke-url", "http://127.0.0.1:1/v1", "--only", "smoke")
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    @Test
    void aBaselineIsNotWrittenOfGatewaysThatDoNotAnswerAndAnOldOneIsTold() throws IOException {
        Path baseline = folder.resolve("before.json");
        String[] gone = {"--metrics-url", "http://127.0.0.1:1/metrics", "--baseline", baseline.toString()};

        Outcome none = check(gone);
        assertThat(none.err()).startsWith("agw: wrote no baseline: it takes the metrics of all gateways\n");
        assertThat(baseline).doesNotExist();

        Files.writeString(baseline, """
                {"schemaVersion": 2, "at": "2026-01-01T00:00:00Z", "pods": 3, "series": {"up": 1}}
                """);
        assertThat(check(gone).err())
                .startsWith("agw: compares with the baseline " + baseline + " of 2026-01-01T00:00:00Z, of 3 pods;"
                        + " remove it to have one of now written\n");
    }

    @Test
    void aGatewayThatDoesNotAnswerIsUnknownAndNeverAPass() {
        Outcome gone = check("--metrics-url", "http://127.0.0.1:1/metrics", "-o", "short");

        assertThat(gone.exitCode()).isEqualTo(3);
        assertThat(gone.out()).startsWith("""
            ? AGW1106 one-version
                1 of the pods could not be read
                - http://127.0.0.1:1/metrics: http://127.0.0.1:1/metrics takes no connection; is it running, \
            and the port right?
                see:      agw check-upgrade --explain AGW1106
            """).contains("0 failed, 0 warned, ").contains(" 0 passed\n");
    }

    @Test
    void tellsOfRulesThatCanNeverFire() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
            groups:
            - name: g
              rules:
              - alert: SlowFirstToken
                expr: histogram_quantile(0.95, rate(agentgateway_gen_ai_server_time_to_first_token_bucket[5m])) > 600
            """);

        Outcome table = check("--rules", rules.toString(), "--only", "bucket-reach");
        Outcome junit = check("--rules", rules.toString(), "--only", "AGW1603", "-o", "junit");

        assertThat(table.exitCode()).isEqualTo(1);
        assertThat(table.out()).isEqualTo("""
            pre: configuration and metric compatibility
            -------------------------------------------
            × AGW1603 bucket-reach
                findings: 1, expressions: 1
                - %s: alert SlowFirstToken: a quantile of agentgateway_gen_ai_server_time_to_first_token_bucket is \
            never above 120, its last bound: it cannot exceed 600
                expected: none
                remedy:   compare with a bound of a bucket, or count the share above it
                see:      agw check-upgrade --explain AGW1603

            Result for %s: × 1 failed, 0 warned, 0 unknown, 0 skipped, 0 passed
            """.formatted(rules, Version.number()));
        assertThat(junit.exitCode()).isEqualTo(1);
        assertThat(junit.out())
                .contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\"")
                .contains("<failure message=\"findings: 1, expressions: 1\">");
    }

    @Test
    void checksAConfigurationWithoutAnyGateway() throws IOException {
        Outcome.of("init", folder.toString());
        String[] arguments = {"check-upgrade", "--only=config-valid", "--config", folder.toString()};
        Map<String, String> key = Map.of("OPENAI_API_KEY", "sk-secret-value");

        assertThat(Outcome.of(key, arguments).exitCode()).isZero();
        Path route = folder.resolve("resources/route.yaml");
        Files.writeString(route, Files.readString(route).replace("matches:", "matchs:"));
        Outcome wrong = Outcome.of(key, arguments);

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out())
                .contains("route.yaml:10: spec.rules[0].matchs: ")
                .doesNotContain("sk-secret-value");
    }

    /// The machine that asks need not have the keys that the gateways have.
    @Test
    void aVariableThatIsNotSetHereIsAWarning() throws IOException {
        Outcome.of("init", folder.toString());
        String[] config = {"--config", folder.toString()};

        Outcome unset = check(config[0], config[1], "--only=config-valid", "-o", "short");
        Outcome.of("dump", "-o", folder + "/seen", config[0], config[1]);

        assertThat(unset.exitCode()).as(unset.out()).isZero();
        assertThat(unset.out())
                .contains("AGW1501", "no errors, but not every variable is set here\n", "- OPENAI_API_KEY\n");
        assertThat(check("--from-dump", folder + "/seen", "--only=config-valid", "-o", "short"))
                .isEqualTo(unset);
    }

    @Test
    void readsListsOfAClusterAndKeepsThemInADump() throws IOException {
        Path lists = Files.createDirectory(folder.resolve("lists"));
        Files.writeString(lists.resolve("deployments.json"), """
            {"items": [{"metadata": {"name": "other"}}, {"metadata": {"name": "agw"}, "status": {"readyReplicas": 1}}]}\
            """);
        Files.writeString(lists.resolve("pods.json"), "nonsense");
        String[] both = {"--kubernetes", lists.toString(), "--deployment", "agw"};

        Map<String, String> seen = statuses(check(both[0], both[1], both[2], both[3], "-o", "json"));
        Outcome.of("dump", "-o", folder + "/seen", both[0], both[1], both[2], both[3]);

        assertThat(seen)
                .containsAllEntriesOf(Map.of(
                        "AGW1101", "pass",
                        "AGW1102", "pass",
                        "AGW1103", "fail",
                        "AGW1105", "unknown",
                        "AGW1201", "skip",
                        "AGW1701", "skip"));
        assertThat(statuses(check("--from-dump", folder + "/seen", "-o", "json")))
                .isEqualTo(seen);
        assertThat(statuses(check(both[0], both[1], "-o", "json"))).containsEntry("AGW1101", "fail");
    }

    @Test
    void aDumpIsNeverMixedWithAnEarlierOne() throws IOException {
        Path lists = Files.createDirectory(folder.resolve("lists"));
        Files.writeString(lists.resolve("deployments.json"), "{\"items\": []}");
        String[] dump = {"dump", "-o", folder + "/seen", "--kubernetes", lists.toString()};
        assertThat(Outcome.of(dump).exitCode()).isZero();
        Path old = Files.writeString(folder.resolve("seen/config.json"), "{\"reader\": \"0.0.1\"}");
        Files.createDirectories(folder.resolve("seen/metrics"));
        Path page = Files.writeString(folder.resolve("seen/metrics/0.before.prom"), "up 1\n");

        Outcome again = Outcome.of(dump);
        Outcome forced = Outcome.of(dump[0], dump[1], dump[2], dump[3], dump[4], "--force");
        Outcome others = Outcome.of("dump", "-o", lists.toString(), "--force", "--kubernetes", lists.toString());

        assertThat(again)
                .isEqualTo(new Outcome(2, "", "agw: " + folder + "/seen holds a dump already: --force replaces it\n"));
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(old).doesNotExist();
        assertThat(page).doesNotExist();
        assertThat(others.exitCode()).isEqualTo(2);
        assertThat(others.err()).contains("what is in it is no dump");
        assertThat(lists.resolve("deployments.json")).exists();
    }

    @Test
    void aDumpOfGatewaysThatDoNotAnswerTellsSo() {
        Outcome dump = Outcome.of(
                "dump", "-o", folder + "/seen", "--window=0s", "--metrics-url", "http://127.0.0.1:1/metrics");

        assertThat(dump)
                .isEqualTo(new Outcome(3, folder + "/seen\n", "agw: no gateway could be read; the dump tells why\n"));
    }

    @Test
    void tellsWarningsByTheExitCodeIfAskedTo() throws IOException {
        Path board = Files.writeString(folder.resolve("board.json"), "{\"expr\": \"agentgateway_never\"}");
        String[] arguments = {"--rules", board.toString(), "--only", "AGW1602"};

        assertThat(check(arguments).exitCode()).isZero();
        assertThat(check(arguments[0], arguments[1], arguments[2], arguments[3], "--fail-on=warn")
                        .exitCode())
                .isEqualTo(4);
    }

    @Test
    void listsAndExplainsItsChecks() {
        assertThat(Outcome.of("check-upgrade", "--list").out())
                .contains("AGW1701 error-gate")
                .hasLineCount(71);
        assertThat(Outcome.of("check-upgrade", "--explain", "agw1208").out())
                .startsWith("AGW1208 drain-vs-streams\n")
                .contains("remedy: raise shutdown.max");
        assertThat(Outcome.of("check-upgrade", "--explain", "AGW9999").exitCode())
                .isEqualTo(2);
    }

    @Test
    void theTargetIsAVersionHoweverItIsWritten() throws IOException {
        Path board = Files.writeString(folder.resolve("board.json"), "{}");
        String[] rules = {"check-upgrade", "--rules", board.toString(), "-o", "json", "--to"};

        assertThat(Outcome.of(Stream.concat(Stream.of(rules), Stream.of("v1.4.0"))
                                .toArray(String[]::new))
                        .out())
                .contains("\"1.4.0\"")
                .doesNotContain("v1.4.0");
        assertThat(Outcome.of("check-upgrade", "--to=banana", "--rules", board.toString()))
                .satisfies(wrong -> assertThat(wrong.exitCode()).isEqualTo(2))
                .satisfies(wrong ->
                        assertThat(wrong.err()).contains("expected a version such as 1.4.0, found \"banana\""));
    }

    @Test
    void refusesWrongUsage() {
        assertThat(Outcome.of("check-upgrade").err())
                .isEqualTo("agw: nothing to look at: there is no cluster by default, --kubeconfig names one,"
                        + " --metrics-url a gateway\n");
        assertThat(check("--from-dump", folder.toString()).exitCode()).isEqualTo(2);
        assertThat(check("--from-dump", "x", "--metrics-url", "http://h/").exitCode())
                .isEqualTo(2);
        assertThat(check("--metrics-url", "http://user:secret@h/").exitCode()).isEqualTo(2);
        assertThat(check("--metrics-url", "http://h/", "--skip", "nothing").exitCode())
                .isEqualTo(2);
        assertThat(Outcome.of("dump", "-o", folder.toString()).exitCode()).isEqualTo(2);
    }

    private static Outcome check(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "check-upgrade";
        all[1] = "--window=0s";
        all[2] = "--to=" + Version.number();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Outcome.of(all);
    }

    private static Map<String, String> statuses(Outcome outcome) throws IOException {
        Map<String, String> statuses = new java.util.HashMap<>();
        for (JsonNode check : new ObjectMapper().readTree(outcome.out()).path("checks")) {
            statuses.put(check.path("id").asText(), check.path("status").asText());
        }
        return statuses;
    }

    private static String page(int port, String accept) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .header("accept", accept)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
