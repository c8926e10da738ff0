package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The admin port answers people on this machine, and no web page that their browser shows.
class AdminFlowTest {
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.serving();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /// @param host may bring further fields behind a line end
    private RawClient.Answer ask(String what, String path, String host) throws IOException {
        try (RawClient client = new RawClient(gateway.ports(what).getFirst())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:15000", "127.0.0.1", "127.0.0.1:8", "[::1]", "[::1]:15000"})
    void answersWhoCallsItByALocalName(String host) throws Exception {
        RawClient.Answer answer = ask("admin", "/config", host);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).contains("\"resources\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:15000",
                "localhost.evil.example",
                "127.0.0.1.evil.example:15000",
                "evil.example:80:localhost",
                "[::2]:15000",
                "192.168.0.1:15000"
            })
    void refusesEveryOtherName(String host) throws Exception {
        for (String page : new String[] {"/", "/config", "/routes", "/pools", "/endpoints"}) {
            RawClient.Answer answer = ask("admin", page, host);

            assertThat(answer.status()).as(page).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("resources");
        }
    }

    @Test
    void saysHowToCallIt() throws Exception {
        RawClient.Answer answer = ask("admin", "/config", "evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("call this port as localhost, and not from a web page\n");
    }

    @Test
    void refusesWebPagesWhateverNameTheyUse() throws Exception {
        assertThat(ask("admin", "/config", "localhost\r\nOrigin: http://localhost:3000")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsMonitorsUseAnyName() throws Exception {
        assertThat(ask("metrics", "/metrics", "gateway.monitored.example").status())
                .isEqualTo(200);
        assertThat(ask("readiness", "/healthz/live", "10.0.0.7:15021").status()).isEqualTo(200);
    }
}
