package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.RecordingServer;
import dev.agw.testing.RecordingServer.Message;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who the client is, is told by proxies that are trusted, and by nobody else.
class ForwardedFlowTest {
    private static final String TRUSTING = "clients: {trustedProxies: \"127.0.0.0/8, 10.0.0.0/8, fd00::/8\"}\n";

    private RecordingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RecordingServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private TestGateway gateway(String settings) {
        return TestGateway.configured(
                settings, Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
    }

    private Message seen(TestGateway gateway, String... fields) throws IOException {
        assertThat(gateway.ask(Ask.get("/x", fields)).status()).isEqualTo(200);
        return server.last();
    }

    @Test
    void whatAClientClaimsIsMadeAnew() throws Exception {
        try (TestGateway gateway = gateway("")) {
            Message seen = seen(
                    gateway,
                    "X-Forwarded-For: 9.9.9.9",
                    "x-forwarded-FOR: 8.8.8.8",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil",
                    "X-Forwarded-Port: 1",
                    "Connection: X-Forwarded-For, X-Forwarded-Proto");

            assertThat(seen.values("x-forwarded-for")).containsExactly("127.0.0.1");
            assertThat(seen.values("x-forwarded-proto")).containsExactly("http");
            assertThat(seen.values("x-forwarded-host")).containsExactly("test");
            assertThat(seen.values("x-forwarded-port")).containsExactly("0");
            assertThat(gateway.awaitLogLine("\"path\":\"/x\"")).contains("\"client\":\"127.0.0.1\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Real-IP",
                "X-Forwarded-Client-Cert",
                "X-Forwarded-Prefix",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X_Forwarded_For",
                "X-Forwarded_For",
                "x_real_ip",
                "Transfer_Encoding"
            })
    void otherClaimsAreDropped(String name) throws Exception {
        try (TestGateway gateway = gateway("")) {
            assertThat(seen(gateway, name + ": 9.9.9.9", "X_Other: 9", "X-Forward: 9")
                            .fields())
                    .noneMatch(field -> field.contains("9.9.9.9"))
                    .contains("x_other: 9", "x-forward: 9");
        }
    }

    @Test
    void whatATrustedProxySaysIsContinued() throws Exception {
        try (TestGateway gateway = gateway(TRUSTING)) {
            Message seen = seen(
                    gateway,
                    "X-Forwarded-For: 9.9.9.9",
                    "X-Forwarded-For: 8.8.8.8, 10.1.2.3",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: public.example",
                    "X-Forwarded-Port: 443",
                    "X-Forwarded-Client-Cert: Hash=1",
                    "X_Forwarded_For: 7.7.7.7",
                    "Forwarded: for=8.8.8.8;proto=https");

            assertThat(seen.values("x-forwarded-for")).containsExactly("9.9.9.9, 8.8.8.8, 10.1.2.3, 127.0.0.1");
            assertThat(seen.values("x-forwarded-proto")).containsExactly("https");
            assertThat(seen.values("x-forwarded-host")).containsExactly("public.example");
            assertThat(seen.values("x-forwarded-port")).containsExactly("443");
            assertThat(seen.values("x-forwarded-client-cert")).containsExactly("Hash=1");
            assertThat(seen.values("forwarded"))
                    .containsExactly("for=8.8.8.8;proto=https, for=127.0.0.1;host=\"test\";proto=http");
            assertThat(seen.names()).doesNotContain("x_forwarded_for");
            assertThat(gateway.awaitLogLine("\"path\":\"/x\"")).contains("\"client\":\"8.8.8.8\"");
        }
    }

    @Test
    void whatIsUnsoundIsMadeAnewEvenThen() throws Exception {
        try (TestGateway gateway = gateway(TRUSTING)) {
            Message seen = seen(
                    gateway,
                    "X-Forwarded-Proto: gopher",
                    "X-Forwarded-Host: a",
                    "X-Forwarded-Host: b",
                    "X-Forwarded-Port: 1e9");

            assertThat(seen.values("x-forwarded-proto")).containsExactly("http");
            assertThat(seen.values("x-forwarded-host")).containsExactly("test");
            assertThat(seen.values("x-forwarded-port")).containsExactly("0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9.9.9.9 | 9.9.9.9",
                "9.9.9.9, 8.8.8.8 | 8.8.8.8",
                "9.9.9.9, 8.8.8.8, 10.0.0.1 | 8.8.8.8",
                "10.0.0.2, 10.0.0.1 | 10.0.0.2",
                "9.9.9.9, fd00::1 | 9.9.9.9",
                "9.9.9.9, [fd00::1]:99 | 9.9.9.9",
                "9.9.9.9:1234 | 9.9.9.9",
                "[2001:db8::1]:1234 | 2001:db8:0:0:0:0:0:1",
                "::ffff:9.9.9.9 | 9.9.9.9",
                "9.9.9.9, evil | 127.0.0.1",
                "9.9.9.9, evil, 10.0.0.1 | 10.0.0.1",
                "9.9.9.9, , 10.0.0.1 | 10.0.0.1",
                "9.9.9.09 | 127.0.0.1",
                "localhost | 127.0.0.1",
            })
    void theClientIsTheLastWhoIsNoTrustedProxy(String chain, String client) throws Exception {
        try (TestGateway gateway = gateway(TRUSTING)) {
            seen(gateway, "X-Forwarded-For: " + chain);

            assertThat(gateway.awaitLogLine("\"path\":\"/x\"")).contains("\"client\":\"" + client + "\"");
        }
    }

    @Test
    void aProxyHeaderNamesAClientThatIsNotBelievedItself() throws Exception {
        try (TestGateway gateway = gateway("clients: {trustedProxies: 127.0.0.1, proxyProtocol: required}\n")) {
            gateway.ask("PROXY TCP4 203.0.113.9 10.0.0.1 1 2\r\n" + Ask.get("/x", "X-Forwarded-For: 9.9.9.9"));

            assertThat(server.last().values("x-forwarded-for")).containsExactly("203.0.113.9");
            assertThat(gateway.awaitLogLine("\"path\":\"/x\"")).contains("\"client\":\"203.0.113.9\"");
            try (var client = gateway.client()) {
                assertThat(client.send(Ask.get("/x")).restOrReset()).isEmpty();
            }
            gateway.awaitMetric(1, "agentgateway_proxy_protocol_errors_total");
        }
    }

    @ParameterizedTest
    @CsvSource({"sound-Id.1, true", "with space, false", "<b>, false", "${jndi:x}, false"})
    void anIdOfTheClientIsKeptIfItIsSound(String id, boolean kept) throws Exception {
        try (TestGateway gateway = gateway("")) {
            assertThat(seen(gateway, "x-request-id: " + id)
                            .values("x-request-id")
                            .contains(id))
                    .isEqualTo(kept);
            assertThat(server.last().values("x-request-id")).hasSize(1);
        }
    }
}
