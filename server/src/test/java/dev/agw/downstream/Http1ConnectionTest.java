package dev.agw.downstream;

import static dev.agw.downstream.TestPort.ECHO;
import static dev.agw.downstream.TestPort.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.Headers;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Requests of one connection, one after another.
class Http1ConnectionTest {
    @Test
    void servesOneRequestAfterAnotherOnOneConnection() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            assertThat(client.get("/a?b=c").body()).isEqualTo("GET /a?b=c test []");
            assertThat(client.post("/d", "{\"e\":1}").body()).isEqualTo("POST /d test [{\"e\":1}]");
        }
    }

    @Test
    void servesPipelinedRequestsInOrder() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send(RawClient.postText("/1", "x") + "GET /2 HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST /1 test [x]");
            assertThat(client.answer().body()).isEqualTo("GET /2 test []");
        }
    }

    @Test
    void readsChunkedBodiesWithExtensionsAndTrailers() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: x\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST / test [abcde]");
            assertThat(client.get("/next").body()).isEqualTo("GET /next test []");
        }
    }

    @Test
    void servesHttp10AndClosesUnlessAskedNotTo() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient closing = port.connect();
                RawClient keeping = port.connect()) {
            closing.send("GET /old HTTP/1.0\r\n\r\n");
            assertThat(closing.answer().body()).isEqualTo("GET /old  []");
            assertThat(closing.ended()).isTrue();

            keeping.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(keeping.answer().header("connection")).isEqualTo("keep-alive");
            assertThat(keeping.get("/new").status()).isEqualTo(200);
        }
    }

    @Test
    void closesAfterTheAnswerWhenTheClientAsksForIt() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            assertThat(client.answer().header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send(head);
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.send("abc").answer().body()).isEqualTo("POST / test [abc]");
        }
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 403, "no"));
                RawClient client = port.connect()) {
            client.send(head);
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void doesNotAskForTheBodyOnceTheAnswerHasBegun() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), 4);
                    reply.flush();
                    request.body().next();
                    TestPort.write(reply, "done");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.send("abc").exactly(4)).asString().isEqualTo("done");
        }
    }

    @Test
    void deliversAnEarlyAnswerToAClientThatIsStillSending() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 413, "too large"));
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000));
            assertThat(client.answer().body()).isEqualTo("too large");
        }
    }

    @Test
    void deliversTheLastAnswerToAClientThatWentOnSending() throws IOException {
        String large = "x".repeat(1 << 20);
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 200, large));
                RawClient client = port.connect()) {
            client.socket().setReceiveBufferSize(64 << 10);
            client.send("GET /1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                    + "GET /2 HTTP/1.1\r\nHost: test\r\nX: " + "y".repeat(10_000) + "\r\n\r\n");
            assertThat(client.answer().body()).hasSize(large.length());
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void keepsWhatAClientSendsWhileItWaits() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    await(go);
                    TestPort.text(reply, 200, request.path());
                });
                RawClient client = port.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: test\r\n\r\n");
            client.send("GET /2 HTTP/1.1\r\nHost: test\r\n\r\n");
            go.countDown();
            assertThat(client.answer().body()).isEqualTo("/1");
            assertThat(client.answer().body()).isEqualTo("/2");
        }
    }
}
