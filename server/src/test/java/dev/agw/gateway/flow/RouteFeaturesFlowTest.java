package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What rules and filters do to requests and answers.
class RouteFeaturesFlowTest {
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

    private TestGateway serving(String... rules) {
        return TestGateway.serving(
                Manifest.hosts("one", one.port()), Manifest.hosts("two", two.port()), Manifest.route("r", rules));
    }

    private static String filter(String type, String field, String spec) {
        return "filters: [{type: " + type + ", " + field + ": " + spec + "}]";
    }

    @Test
    void splitsByWeight() throws Exception {
        String refs =
                "backendRefs: [" + Manifest.ref("one", "weight: 9") + ", " + Manifest.ref("two", "weight: 1") + "]";

        try (TestGateway gateway = serving(Manifest.bareRule("/", refs));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.get("/x").status()).isEqualTo(200);
            }
        }
        assertThat(one.heads().size()).isBetween(820, 970);
        assertThat(one.heads().size() + two.heads().size()).isEqualTo(1_000);
    }

    @Test
    void sendsNothingToWeightZero() throws Exception {
        String refs = "backendRefs: [" + Manifest.ref("one") + ", " + Manifest.ref("two", "weight: 0") + "]";

        try (TestGateway gateway = serving(Manifest.bareRule("/", refs));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 50; i++) {
                client.get("/x");
            }
        }
        assertThat(two.heads()).isEmpty();
    }

    @Test
    void changesFieldsOfRequestsAndAnswers() throws Exception {
        one.on("/x", "HTTP/1.1 200 OK\r\nServer: old\r\nX-Drop: 1\r\nContent-Length: 2\r\n\r\nok");
        String filters = "filters: ["
                + "{type: RequestHeaderModifier, requestHeaderModifier: "
                + "{set: [{name: x-set, value: new}], add: [{name: x-add, value: b}], remove: [x-gone]}}, "
                + "{type: ResponseHeaderModifier, responseHeaderModifier: "
                + "{set: [{name: server, value: agw}], remove: [x-drop]}}]";

        try (TestGateway gateway = serving(Manifest.rule("/", "one", filters))) {
            RawClient.Answer answer = gateway.ask(Ask.get("/x", "X-Set: old", "X-Add: a", "X-Gone: 1", "X-Keep: 1"));

            assertThat(one.heads().getFirst().lines())
                    .contains("x-set: new", "X-Add: a", "x-add: b", "X-Keep: 1")
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-gone"));
            assertThat(answer.header("server")).isEqualTo("agw");
            assertThat(answer.headers()).doesNotContainKey("x-drop");
        }
    }

    @Test
    void rewritesHostAndPath() throws Exception {
        String rewrite = "{hostname: inner.example, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}";

        try (TestGateway gateway = serving(Manifest.rule("/old", "one", filter("URLRewrite", "urlRewrite", rewrite)))) {
            assertThat(gateway.ask(Ask.get("/old/a?b=c")).body()).isEqualTo("/new/a?b=c");
        }
        assertThat(one.heads().getFirst().lines()).contains("Host: inner.example");
    }

    @Test
    void redirects() throws Exception {
        String redirect = "{scheme: https, hostname: example.com, statusCode: 301}";

        try (TestGateway gateway =
                serving(Manifest.bareRule("/", filter("RequestRedirect", "requestRedirect", redirect)))) {
            RawClient.Answer answer = gateway.ask(Ask.get("/a?b=c"));

            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.header("location")).isEqualTo("https://example.com/a?b=c");
        }
    }

    @Test
    void mirrorsRequestsWithTheirBodies() throws Exception {
        List<String> copies = new CopyOnWriteArrayList<>();
        one.on("/x", visit -> visit.send(OddServer.ok("read " + text(visit))));
        two.on("/x", visit -> {
            copies.add(text(visit));
            visit.reset();
        });
        String mirror = "{backendRef: " + Manifest.ref("two") + "}";

        try (TestGateway gateway =
                serving(Manifest.rule("/", "one", filter("RequestMirror", "requestMirror", mirror)))) {
            assertThat(gateway.ask(Ask.post("/x", "hello")).body()).isEqualTo("read hello");
            Eventually.until("the copy came", () -> copies.equals(List.of("hello")));
            gateway.awaitMetric(1, "agentgateway_requests_total", "route=default/r");
        }
    }

    private static String text(OddServer.Visit visit) throws IOException {
        return new String(visit.body(), StandardCharsets.UTF_8);
    }

    @Test
    void answersForOtherOrigins() throws Exception {
        one.on("/x", "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok");
        String cors =
                "{allowOrigins: ['https://*.example'], allowMethods: [GET, PUT], exposeHeaders: [x-id], maxAge: 60}";

        try (TestGateway gateway = serving(Manifest.rule("/", "one", filter("CORS", "cors", cors)))) {
            RawClient.Answer preflight = gateway.ask(
                    Ask.head("OPTIONS", "/x", "Origin: https://a.example", "Access-Control-Request-Method: PUT")
                            + "\r\n");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET, PUT");
            assertThat(preflight.header("access-control-max-age")).isEqualTo("60");
            assertThat(one.heads()).isEmpty();

            RawClient.Answer simple = gateway.ask(Ask.get("/x", "Origin: https://a.example"));
            assertThat(simple.header("access-control-allow-origin")).isEqualTo("https://a.example");
            assertThat(simple.header("access-control-expose-headers")).isEqualTo("x-id");

            RawClient.Answer stranger = gateway.ask(Ask.get("/x", "Origin: https://evil.test"));
            assertThat(stranger.status()).isEqualTo(200);
            assertThat(stranger.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void tellsBackendsWhoTheClientIsAndNotWhatItClaims() throws Exception {
        try (TestGateway gateway = serving(Manifest.rule("/", "one"))) {
            gateway.ask(Ask.get(
                    "/x", "X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6", "Connection: X-Hop", "X-Hop: 1"));
        }
        assertThat(one.heads().getFirst())
                .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n", "Host: test\r\n")
                .doesNotContain("6.6.6.6", "X-Hop");
    }
}
