package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agw.http.HeaderName;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeCommandTest {
    private static final String KEY = "sk-secret-value";
    private static final Map<String, String> FREE_PORTS = Map.of(
            "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
            "AGW_METRICS_ADDRESS", "127.0.0.1:0",
            "AGW_READINESS_ADDRESS", "127.0.0.1:0",
            "AGW_SHUTDOWN_MIN", "0s",
            "AGW_SHUTDOWN_MAX", "5s");

    @TempDir
    Path folder = Path.of("");

    @Test
    void demoServesWhatItsThreeLinesAskFor() throws IOException, InterruptedException {
        try (Running demo = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            String greeting = demo.greeting();
            int port = Running.port(greeting, "http");
            int metrics = Running.port(greeting, "metrics");

            assertThat(greeting.lines().filter(line -> line.startsWith("curl ")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("http://localhost:" + port + "/v1/chat/completions ")
                            || line.contains("http://localhost:" + metrics + "/metrics "));
            assertThat(demo.chat(port, "/v1/chat/completions", "demo-model", false)
                            .body())
                    .contains("\"model\":\"demo-model\"");
            assertThat(demo.chat(port, "/v1/chat/completions", "demo-model", true)
                            .body())
                    .endsWith("data: [DONE]\n\n");
            assertThat(demo.get(metrics, "/metrics").body())
                    .containsPattern("agentgateway_requests_total\\{.*status=\"200\".*} 2\n");
            assertThat(demo.interrupted()).isEqualTo(130);
        }
    }

    @Test
    void servesTheStarterSetAndSaysWhereItCameFrom() throws IOException, InterruptedException {
        Outcome.of("init", folder.toString());
        change("resources/gateway.yaml", "port: 8080", "port: 0");
        change("resources/backend.yaml", "${OPENAI_API_KEY}", KEY);
        for (String port : new String[] {"127.0.0.1:15000", "0.0.0.0:15020", "0.0.0.0:15021"}) {
            change("agw.yaml", port, "127.0.0.1:0");
        }

        try (Running serve = new Running(Map.of(), "admin", "serve", "--config", folder.toString())) {
            String greeting = serve.greeting();

            assertThat(greeting).contains("manifests from " + folder.resolve("resources") + ", watched for changes");
            assertThat(serve.get(Running.port(greeting, "http"), "/elsewhere").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void keysInTheEnvironmentServeTheirProvidersAndAreNeverPrinted() throws IOException, InterruptedException {
        try (Simulator provider = Simulator.start(SimulatorSettings.DEFAULT.withRecording(1));
                AgwProcess agw = AgwProcess.start(withKey(provider), "admin", "serve", "--port=0")) {
            int port = Running.port(agw.greeting(), "http");

            assertThat(agw.chat(port, "/openai/v1/chat/completions").statusCode())
                    .isEqualTo(200);

            assertThat(provider.requests().seen().getFirst().headers().first(HeaderName.AUTHORIZATION))
                    .contains("Bearer " + KEY);
            assertThat(agw.ended()).as("exit code after SIGTERM").isZero();
            assertThat(agw.printed())
                    .contains("/openai -> " + provider.url() + "/v1/ with OPENAI_API_KEY")
                    .contains("\"path\":\"/openai/v1/chat/completions\"")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void ctrlCDoesNotWaitForLoadBalancers() throws IOException, InterruptedException {
        assumeThat(Files.readString(Path.of("/proc/self/status")))
                .as("SIGINT is not ignored here, as it is behind nohup and in scripts' background jobs")
                .doesNotContainPattern("SigIgn:\\s*[0-9a-f]*[2367abef]\\s");
        try (Simulator provider = Simulator.start(SimulatorSettings.DEFAULT)) {
            Map<String, String> environment = withKey(provider);
            environment.put("AGW_SHUTDOWN_MIN", "1h");
            environment.put("AGW_SHUTDOWN_MAX", "2h");
            try (AgwProcess agw = AgwProcess.start(environment, "admin", "serve", "--port=0")) {
                assertThat(agw.ended("INT")).isEqualTo(130);
                assertThat(agw.printed()).contains("agw: ending, as no request runs; a second Ctrl-C ends it now\n");
            }
        }
    }

    @Test
    void aSecondSignalEndsItNowWhateverIsUnderWay() throws IOException, InterruptedException {
        try (Simulator provider = Simulator.start(SimulatorSettings.DEFAULT)) {
            Map<String, String> environment = withKey(provider);
            environment.put("AGW_SHUTDOWN_MIN", "1h");
            environment.put("AGW_SHUTDOWN_MAX", "2h");
            try (AgwProcess agw = AgwProcess.start(environment, "admin", "serve", "--port=0");
                    Socket client = held(Running.port(agw.greeting(), "http"), provider)) {
                agw.signal("TERM", "agw: ending");
                assertThat(agw.printed())
                        .contains(
                                "waits for running requests (now 1), in 7200 s at the latest; a second signal ends it now");

                assertThat(agw.ended("TERM")).isEqualTo(128 + 15);
                assertThat(rest(client)).isEmpty();
            }
        }
    }

    /// A request whose answer does not come.
    private static Socket held(int port, Simulator provider) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        socket.getOutputStream()
                .write(("POST /openai/v1/chat/completions HTTP/1.1\r\nHost: test\r\nx-sim-fault: hang\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(provider.requests().await(log -> log.total() == 1, Duration.ofSeconds(30)))
                .isTrue();
        return socket;
    }

    /// What still comes up to the end of a connection, even if that is a reset.
    private static String rest(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static Map<String, String> withKey(Simulator provider) {
        Map<String, String> environment = new HashMap<>(FREE_PORTS);
        environment.put("OPENAI_API_KEY", KEY);
        environment.put("OPENAI_BASE_URL", provider.url() + "/v1/");
        return environment;
    }

    @Test
    void withoutConfigurationAndKeyTellsThreeWaysToStart() {
        Outcome nothing =
                Outcome.of(Map.of("AGW_RESOURCES_PATH", folder.resolve("none").toString()), "serve");

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("agw serve --demo", "OPENAI_API_KEY=... agw serve", "agw init");
    }

    @Test
    void refusesABaseUrlThatIsNone() {
        for (String url :
                new String[] {"localhost:1234", "ftp://host/v1", "http://user@host/v1", "http://h/v1?a=b", "::"}) {
            Outcome serve = Outcome.of(
                    Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", url, "AGW_RESOURCES_PATH", "none"), "serve");

            assertThat(serve)
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "agw: OPENAI_BASE_URL is no URL such as http://localhost:11434/v1; found \"" + url
                                    + "\"\n"));
        }
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        Outcome.of("init", folder.toString());
        String path = folder.toString();

        assertThat(Outcome.of("serve", "--demo", "--config", path).err())
                .isEqualTo("agw: --demo and --config exclude each other\n");
        assertThat(Outcome.of("serve", "--port=1", "--config", path).err())
                .startsWith("agw: --port is for a start without manifests");
        assertThat(Outcome.of("serve", "--config", path + "/agw.yaml").err())
                .isEqualTo("agw: --config names settings; its place is --settings\n");
    }

    @Test
    void tellsWhatIsWrongWithTheSettings() {
        Outcome wrong = Outcome.of(Map.of("AGW_LIMITS_HEADER_COUNT", "many"), "serve", "--demo");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("environment variable AGW_LIMITS_HEADER_COUNT: limits.headerCount: ")
                .endsWith("agw: the settings cannot be used; see above\n");
    }

    @Test
    void saysWhichPortIsBusyAndWhatToDo() throws IOException, InterruptedException {
        try (Running first = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            Matcher port = Pattern.compile("http +\\S+:(\\d+)").matcher(first.greeting());
            assertThat(port.find()).isTrue();

            Outcome second = Outcome.of(FREE_PORTS, "serve", "--demo", "--port=" + port.group(1));

            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.err()).startsWith("agw: ").contains(port.group(1)).hasLineCount(1);
        }
    }

    private void change(String name, String from, String to) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
