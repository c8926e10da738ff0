package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.FrameServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A backend of HTTP/2 that misbehaves costs its own calls and nobody else anything.
@Timeout(60)
class HostileBackendFlowTest {
    private static final String FLOODS = "agentgateway_upstream_http2_floods_total";
    private static final byte[] NONE = {};
    private static final int MANY = 20_000;
    private static final int AT_ONCE = 100;

    private final FrameServer server = new FrameServer();

    HostileBackendFlowTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private TestGateway gateway() {
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.connections("plain", "http2ProtocolOptions: {}"),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @Test
    void aFloodIsCutOffAndExplained() throws Exception {
        server.on("/flood", visit -> {
            visit.head(200);
            visit.piece("begun");
            for (int sent = 0; sent < MANY; sent += AT_ONCE) {
                visit.frames(frames -> {
                    for (int i = 0; i < AT_ONCE; i++) {
                        frames.data(visit.number(), NONE, 0, 0, false);
                    }
                });
            }
        });
        try (TestGateway gateway = gateway();
                RawClient client = gateway.client()) {
            gateway.awaitMetric(0, FLOODS, "kind=empty_frame");
            client.send(Ask.get("/flood")).head();

            gateway.awaitMetric(1, FLOODS, "kind=empty_frame");
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=200", "reason=UpstreamFailure");
            assertThat(gateway.awaitLogLine("/flood")).contains("\"reason\":\"UpstreamFailure\"");
            assertThat(gateway.ask(Ask.get("/other")).body()).isEqualTo("/other");
            gateway.awaitMetric(0, "agentgateway_http2_floods_total");
        }
    }

    @Test
    void whatCannotBeALineOfHttp1IsNoAnswer() throws Exception {
        server.on("/name", visit -> visit.head(200, Map.of("x(y),\"z", "v")));
        try (TestGateway gateway = gateway()) {
            RawClient.Answer answer = gateway.ask(Ask.get("/name"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.headers().toString()).doesNotContain("x(y)");
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=502", "reason=UpstreamFailure");
        }
    }
}
