package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each host gets the credentials that are meant for it, and no others.
class CredentialFlowTest {
    private static final String THEIRS = "key-of-the-client";
    private static final String[] CREDENTIALS = {
        "Authorization: Bearer " + THEIRS, "x-api-key: " + THEIRS, "api-key: " + THEIRS, "Cookie: session=" + THEIRS
    };

    private OddServer one;
    private OddServer two;

    @BeforeEach
    void start() throws IOException {
        one = new OddServer();
        two = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        two.close();
    }

    private static String header(String value) {
        return "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: Authorization, value: "
                + value + "}]}}]";
    }

    @Test
    void followNoRedirect() throws Exception {
        String away = "Location: http://127.0.0.1:" + two.port() + "/stolen\r\nContent-Length: 0\r\n\r\n";
        try (TestGateway gateway = TestGateway.serving(
                Manifest.hosts("plain", one.port()),
                Manifest.backend("models", "ai: {llm: " + Manifest.provider("a", one.port(), "key-a") + "}"),
                Manifest.route("r", Manifest.rule("/plain", "plain"), Manifest.rule("/v1", "models")))) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                one.on("/plain", "HTTP/1.1 " + status + " Away\r\n" + away);
                one.on(Ask.CHAT, visit -> {
                    visit.body();
                    visit.send("HTTP/1.1 " + status + " Away\r\n" + away);
                });

                assertThat(gateway.ask(Ask.get("/plain", CREDENTIALS)).status()).isEqualTo(status);
                assertThat(gateway.ask(Ask.chat(CREDENTIALS)).status()).isEqualTo(status);
            }
        }
        assertThat(two.connections()).isZero();
    }

    @Test
    void goToTheirOwnProviderOnFailover() throws Exception {
        one.on(Ask.CHAT, visit -> {
            visit.body();
            visit.send("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        });
        String groups = "ai: {priorityGroups: [{providers: [" + Manifest.provider("a", one.port(), "key-a")
                + "]}, {providers: [" + Manifest.provider("b", two.port(), "key-b") + "]}]}";
        try (TestGateway gateway = TestGateway.serving(
                Manifest.backend("models", groups),
                Manifest.route("r", Manifest.rule("/", "models")),
                Manifest.policy("r", "retry: {attempts: 2, codes: [503]}"))) {
            assertThat(gateway.ask(Ask.chat(CREDENTIALS)).status()).isEqualTo(200);
        }
        assertThat(one.heads())
                .singleElement()
                .satisfies(head -> assertThat(head)
                        .containsOnlyOnce("Authorization: Bearer key-a")
                        .doesNotContain("key-b", THEIRS));
        assertThat(two.heads())
                .singleElement()
                .satisfies(head -> assertThat(head)
                        .containsOnlyOnce("Authorization: Bearer key-b")
                        .doesNotContain("key-a", THEIRS));
    }

    @Test
    void reachAMirrorAsTheClientSentThemAndNeverAsTheBackendGetsThem() throws Exception {
        String mirror = "filters: [{type: RequestMirror, requestMirror: {backendRef: " + Manifest.ref("copies") + "}}]";
        String backend = "backendRefs: [" + Manifest.ref("plain", header("key-of-the-backend")) + "]";
        try (TestGateway gateway = TestGateway.serving(
                Manifest.hosts("plain", one.port()),
                Manifest.hosts("copies", two.port()),
                Manifest.backend("models", "ai: {llm: " + Manifest.provider("a", one.port(), "key-a") + "}"),
                Manifest.route(
                        "r",
                        Manifest.bareRule("/plain", mirror + ", " + backend),
                        Manifest.rule("/v1", "models", mirror)))) {
            assertThat(gateway.ask(Ask.get("/plain", CREDENTIALS)).status()).isEqualTo(200);
            assertThat(gateway.ask(Ask.chat(CREDENTIALS)).status()).isEqualTo(200);
            Eventually.until("both copies came", () -> two.heads().size() == 2);
        }
        assertThat(one.heads().getFirst())
                .containsOnlyOnce("Authorization: key-of-the-backend")
                .doesNotContain("Bearer");
        assertThat(two.heads())
                .allSatisfy(head -> assertThat(head)
                        .containsOnlyOnce("Authorization: Bearer " + THEIRS)
                        .doesNotContain("key-of-the-backend", "key-a"));
    }

    @Test
    void areKeptFromAMirrorByAFilterOfTheRule() throws Exception {
        String filters = "filters: [{type: RequestMirror, requestMirror: {backendRef: " + Manifest.ref("copies")
                + "}}, {type: RequestHeaderModifier, requestHeaderModifier: {remove: [Authorization, Cookie, x-api-key, api-key]}}]";
        try (TestGateway gateway = TestGateway.serving(
                Manifest.hosts("plain", one.port()),
                Manifest.hosts("copies", two.port()),
                Manifest.route("r", Manifest.rule("/", "plain", filters)))) {
            gateway.ask(Ask.get("/x", CREDENTIALS));
            Eventually.until("the copy came", () -> two.heads().size() == 1);
        }
        assertThat(two.heads().getFirst()).doesNotContain(THEIRS);
    }

    @Test
    void areNotShownByTracing() throws Exception {
        one.on("/v1/models", visit -> visit.send(OddServer.ok(visit.head())));
        try (TestGateway gateway = TestGateway.serving(
                Manifest.backend("models", "ai: {llm: " + Manifest.provider("a", one.port(), "key-a") + "}"),
                Manifest.route("r", Manifest.rule("/", "models")))) {
            var answer = gateway.ask("TRACE /v1/models HTTP/1.1\r\nHost: test\r\n\r\n");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.toString()).doesNotContain("key-a");
        }
        assertThat(one.connections()).isZero();
    }

    @Test
    void ofProxiesStayWithThem() throws Exception {
        try (TestGateway gateway = TestGateway.serving(
                Manifest.hosts("plain", one.port()), Manifest.route("r", Manifest.rule("/", "plain")))) {
            gateway.ask(Ask.get(
                    "/x",
                    "Proxy-Authorization: Basic " + THEIRS,
                    "Connection: Authorization, Cookie",
                    "Authorization: Bearer kept",
                    "Cookie: kept"));
        }
        List<String> lines =
                one.heads().getFirst().toLowerCase(Locale.ROOT).lines().toList();
        assertThat(lines)
                .contains("authorization: bearer kept", "cookie: kept")
                .noneMatch(line -> line.startsWith("proxy-authorization") || line.startsWith("connection"));
    }
}
