package dev.agw.gateway.flow;

import static dev.agw.testing.FrameClient.DATA;
import static dev.agw.testing.FrameClient.END_STREAM;
import static dev.agw.testing.FrameClient.GOAWAY;
import static dev.agw.testing.FrameClient.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 connections belong to the handshake that they began with, whatever certificates come after it.
@Timeout(60)
class RotationFlowTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path folder;

    private final CountDownLatch rotated = new CountDownLatch(1);
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/events", visit -> {
            visit.send(HEAD + "9\r\ndata: 1\n\n\r\n");
            await();
            visit.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        });
    }

    private void await() throws IOException {
        try {
            rotated.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        rotated.countDown();
        server.close();
    }

    private static FrameClient http2(TestGateway gateway) throws Exception {
        return FrameClient.over(
                TlsClient.to("a.test").offering("h2").connect(port(gateway)).socket());
    }

    private static int port(TestGateway gateway) {
        return gateway.ports("https").getFirst();
    }

    private static X509Certificate shown(TestGateway gateway) throws Exception {
        try (RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
            return TlsClient.shown(client);
        }
    }

    @Test
    void streamsLiveOnOverARotationAndNewOnesBeginBesideThem() throws Exception {
        Identity first = Identity.of(folder, "dns:a.test");
        Identity next = Identity.of(folder, "dns:a.test");
        Path manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(
                manifests.resolve("gw.yaml"),
                Manifest.gateway("{name: a, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: own}]}}")
                        + Manifest.hosts("plain", server.port())
                        + Manifest.route("r", Manifest.rule("/", "plain")));
        Files.writeString(manifests.resolve("secret.yaml"), first.secret("own"));
        try (TestGateway gateway = TestGateway.watching(manifests);
                FrameClient client = http2(gateway)) {
            client.get(1, "/events");
            assertThat(client.next(DATA).text()).isEqualTo("data: 1\n\n");

            Files.writeString(manifests.resolve("secret.yaml"), next.secret("own"));
            Eventually.until(
                    "the new certificate is shown", () -> shown(gateway).equals(next.certificate()));
            client.get(3, "/beside");
            assertThat(client.body(3)).isEqualTo("/beside");
            rotated.countDown();

            assertThat(undisturbed(client)).isEqualTo("data: 2\n\n");
            assertThat(gateway.metrics().sum("agentgateway_tls_handshake_failures_total"))
                    .isZero();
        }
    }

    /// The rest of stream 1, to its own end.
    private static String undisturbed(FrameClient client) throws IOException {
        StringBuilder text = new StringBuilder();
        Frame frame;
        do {
            frame = client.next();
            assertThat(frame.type()).isNotIn(GOAWAY, RST_STREAM);
            if (frame.type() == DATA && frame.stream() == 1) {
                text.append(frame.text());
            }
        } while (frame.stream() != 1 || !frame.has(END_STREAM));
        return text.toString();
    }
}
