package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What it means that a client ends its half of a connection before it is answered.
@Timeout(60)
class HalfCloseFlowTest {
    private static final String ANSWERING = "clients: {halfClose: answer}";
    /// Longer than a client that left takes to be noticed.
    private static final int PATIENT = 1500;

    @TempDir
    Path keys;

    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/slow", HalfCloseFlowTest::answerUnlessCut);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void answerUnlessCut(OddServer.Visit visit) throws IOException {
        visit.socket().setSoTimeout(PATIENT);
        try {
            visit.awaitEnd();
        } catch (SocketTimeoutException notCut) {
            visit.send(OddServer.ok("here"));
        }
    }

    private TestGateway serving(String settings) {
        return TestGateway.configured(
                settings, Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @Test
    void itHasLeftUnlessTheSettingsSayOtherwise() throws Exception {
        try (TestGateway gateway = serving("");
                RawClient client = gateway.client()) {
            client.send(Ask.get("/slow")).finish();

            assertThat(gateway.awaitLogLine("/slow")).contains("\"outcome\":\"client_gone\"", "\"status\":0");
        }
    }

    @Test
    void itIsAnsweredWhereTheSettingsSaySo() throws Exception {
        try (TestGateway gateway = serving(ANSWERING);
                RawClient client = gateway.client()) {
            client.send(Ask.get("/slow")).finish();

            assertThat(client.answer().body()).isEqualTo("here");
            assertThat(client.ended()).isTrue();
            assertThat(gateway.awaitLogLine("/slow")).contains("\"outcome\":\"completed\"");
        }
    }

    @Test
    void itIsAnsweredOverTlsToo() throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        try (TestGateway gateway = TestGateway.bare(
                        ANSWERING,
                        Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                        ours.secret("ours"),
                        Manifest.hosts("plain", server.port()),
                        Manifest.route("r", Manifest.rule("/", "plain")));
                RawClient client =
                        TlsClient.to("ours.test").connect(gateway.ports("https").getFirst())) {
            client.send(Ask.get("/slow")).finish();

            assertThat(client.answer().body()).isEqualTo("here");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void itHasLeftWhenItCannotBeWrittenTo() throws Exception {
        server.on("/stream", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            visit.socket().setSoTimeout(10);
            while (!ended(visit)) {
                visit.send("data: x\n\n");
            }
        });
        try (TestGateway gateway = serving(ANSWERING);
                RawClient client = gateway.client()) {
            client.send(Ask.get("/stream")).finish();
            client.head();
            client.close();

            assertThat(gateway.awaitLogLine("/stream")).contains("\"outcome\":\"client_gone\"");
        }
    }

    private static boolean ended(OddServer.Visit visit) throws IOException {
        try {
            return visit.in().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }
}
