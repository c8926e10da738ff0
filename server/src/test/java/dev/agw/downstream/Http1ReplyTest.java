package dev.agw.downstream;

import static dev.agw.downstream.TestPort.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.Headers;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// How answers are framed, and how they end.
class Http1ReplyTest {
    @Test
    void sendsBodiesOfUnknownLengthToHttp10ClientsUntilTheConnectionEnds() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), -1);
                    TestPort.write(reply, "abc");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(answer.body()).isEqualTo("abc");
        }
    }

    @Test
    void tellsLengthsOfHeadAnswersWithoutSendingABody() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 200, "12345"));
                RawClient client = port.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.head().header("content-length")).isEqualTo("5");
            assertThat(client.get("/").body()).isEqualTo("12345");
        }
    }

    @Test
    void sendsNeitherBodyNorLengthWith204() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 204, "dropped"));
                RawClient client = port.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.headers()).doesNotContainKeys("content-length", "transfer-encoding");
            assertThat(client.get("/").status()).isEqualTo(204);
        }
    }

    @Test
    void flushesEachEventOfAStreamAsItIsWritten() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, Headers.of("Content-Type", "text/event-stream"), -1);
                    TestPort.write(reply, "data: 1\n\n");
                    reply.flush();
                    await(second);
                    TestPort.write(reply, "data: 2\n\n");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.chunk()).isEqualTo("data: 1\n\n");
            second.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void neverEndsAnAbortedBodyCleanly() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), -1);
                    TestPort.write(reply, "half");
                    reply.flush();
                    reply.abort();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.rest()).isEqualTo("4\r\nhalf\r\n");
        }
    }

    @Test
    void breaksOffABodyThatIsShorterThanAnnounced() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), 10);
                    TestPort.write(reply, "half");
                    reply.flush();
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.rest()).isEqualTo("half");
        }
    }

    @Test
    void sparesAClientThatTakesALargeAnswer() throws IOException {
        byte[] large = new byte[8 << 20];
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), large.length);
                    reply.write(large, 0, large.length);
                    reply.end();
                });
                RawClient client = port.connect()) {
            assertThat(client.get("/").body()).hasSize(large.length);
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }
}
