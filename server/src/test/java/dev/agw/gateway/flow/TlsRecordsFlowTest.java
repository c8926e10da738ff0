package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is held of the records of clients that are served, and what they get that are answered before they are done.
@Timeout(60)
class TlsRecordsFlowTest {
    private static final String HELD = "agentgateway_head_held_bytes";
    private static final int STREAMS = 20;
    /// More than a client has room for that does not read, and less than the gateway has in its socket.
    private static final int MUCH = 300 << 10;

    @TempDir
    Path keys;

    private OddServer server;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        server = new OddServer();
        gateway = TestGateway.bare(
                "",
                Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"),
                Manifest.hosts("plain", server.port()),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    private int port() {
        return gateway.ports("https").getFirst();
    }

    @Test
    void aRequestIsHeldNoLongerThanItIsRead() throws Exception {
        server.on("/held", visit -> {
            visit.body();
            visit.awaitEnd();
        });
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            clients.add(TlsClient.to("ours.test").connect(port()).send(Ask.post("/held", "x".repeat(5000))));
        }
        gateway.awaitMetric(STREAMS, "agentgateway_requests_in_flight");

        gateway.awaitMetric(0, HELD);
        assertThat(gateway.metrics().sum("agentgateway_requests_in_flight")).isEqualTo(STREAMS);
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void theAnswerBeforeTheEndOfAnUploadComesWhole() throws Exception {
        String answer = "y".repeat(MUCH);
        server.on("/early", visit -> {
            visit.send("HTTP/1.1 413 Too Large\r\nContent-Length: " + MUCH + "\r\n\r\n" + answer);
            visit.awaitEnd();
        });
        try (Socket plain = new Socket()) {
            plain.setReceiveBufferSize(32 << 10);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            RawClient client = TlsClient.to("ours.test").over(plain);
            client.send(Ask.head("POST", "/early", "Content-Length: 1000000") + "\r\n")
                    .send("x".repeat(100_000));
            gateway.awaitLogLine("/early");
            client.send("x".repeat(20_000));

            assertThat(client.answer().body()).isEqualTo(answer);
            assertThat(client.rest()).isEmpty(); // a reset, or no close_notify, throws
        }
    }
}
