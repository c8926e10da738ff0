package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events reach the client as they come, byte for byte; what was cut off never looks whole.
class StreamingFlowTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String TOKEN =
            "data: {\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
    private static final String USAGE =
            "data: {\"model\":\"gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private OddServer server;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        gateway = TestGateway.serving(
                Manifest.models("models", server.port()),
                Manifest.hosts("plain", server.port()),
                Manifest.route("chat", Manifest.rule("/v1", "models"), Manifest.rule("/plain", "plain")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    private void answers(OddServer.Script script) {
        server.on(Ask.CHAT, visit -> {
            visit.body();
            script.play(visit);
        });
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /// @param early how much of the next chunk's framing comes along with the event before it
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void handsOnAnEventWhileTheNextOneIsWithheld(int early) throws Exception {
        for (String request : List.of(Ask.stream(), Ask.countedStream())) {
            CountDownLatch seen = new CountDownLatch(1);
            String next = chunk(TOKEN);
            answers(visit -> {
                visit.send(HEAD + chunk(TOKEN) + next.substring(0, early));
                await(seen);
                visit.send(next.substring(early) + chunk(DONE) + "0\r\n\r\n");
            });

            try (RawClient client = gateway.client()) {
                client.send(request).head();
                assertThat(client.chunk()).isEqualTo(TOKEN);
                seen.countDown();
                assertThat(rest(client)).isEqualTo(TOKEN + DONE);
            }
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the client never saw it");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String rest(RawClient client) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
            rest.append(chunk);
        }
        return rest.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 10_000})
    void keepsEveryByteHoweverEventsAreCutIntoChunks(int size) throws Exception {
        String events = ": comment\n\nevent: x\nid: 1\n" + TOKEN + "data: a\ndata: b\n\n" + TOKEN + USAGE + DONE;
        answers(visit -> {
            visit.send(HEAD);
            for (int at = 0; at < events.length(); at += size) {
                visit.send(chunk(events.substring(at, Math.min(events.length(), at + size))));
            }
            visit.send("0\r\n\r\n");
        });

        assertThat(gateway.ask(Ask.countedStream()).body()).isEqualTo(events);
        assertThat(gateway.ask(Ask.stream()).body()).isEqualTo(events.replace(USAGE, ""));
        gateway.awaitMetric(2, "agentgateway_llm_tokens_total", "direction=output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void readsEventsWithOtherLineEnds(String lineEnd) throws Exception {
        String events = (TOKEN + USAGE + DONE).replace("\n", lineEnd);
        answers(visit -> visit.send(HEAD + chunk(events) + "0\r\n\r\n"));

        assertThat(gateway.ask(Ask.stream()).body()).isEqualTo((TOKEN + DONE).replace("\n", lineEnd));
        gateway.awaitMetric(1, "agentgateway_llm_tokens_total", "direction=output");
    }

    @Test
    void endsABrokenStreamWithAnErrorThatClientsUnderstand() throws Exception {
        answers(visit -> {
            visit.send(HEAD + chunk(TOKEN) + chunk("data: {\"half"));
            visit.reset();
        });

        RawClient.Answer answer = gateway.ask(Ask.stream());

        assertThat(answer.body())
                .startsWith(TOKEN + "data: {\"error\":{")
                .contains("\"code\":\"upstream_failure\"")
                .contains(answer.header("x-request-id"))
                .endsWith("}}\n\n");
    }

    @Test
    void closesTheHalfEventBeforeItTellsTheError() throws Exception {
        answers(visit -> {
            visit.send(HEAD + chunk(TOKEN) + chunk("data: {\"half"));
            visit.hangUp();
        });

        assertThat(gateway.ask(Ask.countedStream()).body()).startsWith(TOKEN + "data: {\"half\n\ndata: {\"error\":{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nhal",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
            })
    void neverEndsABodyThatWasCutOff(String answer) throws Exception {
        server.once("/plain/cut", answer);

        try (RawClient client = gateway.client()) {
            client.send(Ask.get("/plain/cut")).head();

            assertThat(client.restOrReset()).contains("abc").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void resetsAnAnswerThatOnlyItsEndWouldEnd() throws Exception {
        server.once("/plain/cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");

        try (RawClient client = gateway.client()) {
            client.send("GET /plain/cut HTTP/1.0\r\nHost: test\r\n\r\n");

            assertThatThrownBy(client::rest).isInstanceOf(IOException.class).isNotInstanceOf(EOFException.class);
        }
    }
}
