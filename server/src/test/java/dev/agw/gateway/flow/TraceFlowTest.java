package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request can be followed from its client to its backend and through the log.
class TraceFlowTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01";

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT.withRecording(10));
        gateway = TestGateway.serving(
                Manifest.models("models", simulator.port()),
                Manifest.hosts("plain", simulator.port()),
                Manifest.route("r", Manifest.rule("/", "plain"), Manifest.rule("/v1", "models")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    private Headers seen() {
        return simulator.requests().seen().getLast().headers();
    }

    private RawClient.Answer ask(String path, String... fields) throws Exception {
        return gateway.ask(Ask.post(path, "{\"model\":\"m\",\"messages\":[]}", fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {Ask.CHAT, "/plain" + Ask.CHAT})
    void keepsTheTraceOfTheClient(String path) throws Exception {
        RawClient.Answer answer = ask(path, PARENT);

        assertThat(seen().first(HeaderName.TRACEPARENT).orElseThrow()).startsWith("00-" + TRACE + "-");
        assertThat(gateway.awaitLogLine(answer.header("x-request-id"))).contains("\"trace_id\":\"" + TRACE + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {Ask.CHAT, "/plain" + Ask.CHAT})
    void keepsTheRequestIdOfTheClient(String path) throws Exception {
        RawClient.Answer answer = ask(path, "x-request-id: my-own-1");

        assertThat(answer.header("x-request-id")).isEqualTo("my-own-1");
        assertThat(seen().all(HeaderName.X_REQUEST_ID)).isEqualTo(List.of("my-own-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Ask.CHAT, "/plain" + Ask.CHAT})
    void makesARequestIdWhereThereIsNoneThatWillDo(String path) throws Exception {
        RawClient.Answer answer = ask(path, "x-request-id: {\"no\": \"id\"}");

        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{32}");
        assertThat(seen().all(HeaderName.X_REQUEST_ID)).isEqualTo(List.of(answer.header("x-request-id")));
    }
}
