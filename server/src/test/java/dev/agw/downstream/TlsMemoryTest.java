package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;
import dev.agw.http.HeadLimits;
import dev.agw.resource.TlsIdentity;
import dev.agw.telemetry.CarryFailure;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.Identity;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What clients are told whose records there is no memory for, and that nobody else is blamed for it.
@Timeout(30)
class TlsMemoryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    /// Too little for any record that needs more than the small buffer.
    private static final long LITTLE = 10_000;
    private static final String LARGE = "x".repeat(5000);
    /// More than a client has room for that does not read, and less than the gateway has in its socket.
    private static final int MUCH = 300 << 10;

    @TempDir
    static Path keys;

    private static Identity identity;

    @BeforeAll
    static void identity() throws Exception {
        identity = Identity.of(keys, "dns:a.test");
    }

    private static ConnectionLimits limits() {
        var suspicion = new ConnectionLimits.Suspicion(100, LONG, 0, LONG, LITTLE);
        return new ConnectionLimits(100, HeadLimits.REQUEST, LONG, LONG, LONG, LONG, 1000, suspicion, Http2.DEFAULT);
    }

    private static ServerTls tls() throws Exception {
        return new ServerTls(
                List.of(new TlsIdentity(identity.key(), List.of(identity.certificate()))),
                ClientCertificates.NONE,
                ServerTls.Versions.TLS_1_2_AND_LATER,
                ServerTls.HTTP_PROTOCOLS);
    }

    private static TestPort port(TestPort.Handler handler) throws Exception {
        return new TestPort(
                limits(), new TlsListener.Http("", new ListenerRef("p", "g", "l"), tls()), TestPort.answering(handler));
    }

    private static RawClient connect(TestPort port) throws Exception {
        return TlsClient.to("a.test").connect(port.port.number());
    }

    @Test
    void aHeadIsRefused() throws Exception {
        try (TestPort port = port(TestPort.ECHO);
                RawClient client = connect(port)) {
            assertThat(client.get("/small").status()).isEqualTo(200);
            client.send("GET / HTTP/1.1\r\nHost: test\r\nX: " + LARGE + "\r\n\r\n");

            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty(); // a reset, or no close_notify, throws
        }
    }

    @Test
    void aBodyIsRefused() throws Exception {
        try (TestPort port = port(TestPort.ECHO);
                RawClient client = connect(port)) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: " + LARGE.length() + "\r\n\r\n")
                    .send(LARGE);

            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void anHttp2ClientIsAskedToCalmDown() throws Exception {
        try (TestPort port = port(TestPort.ECHO);
                FrameClient client = FrameClient.over(connect(port).socket())) {
            client.post(1, "/", "x", "y").send(FrameClient.DATA, 0, 1, new byte[5000]);

            assertThat(client.next(FrameClient.GOAWAY).number(4)).isEqualTo(11); // ENHANCE_YOUR_CALM
            assertThat(port.limits).containsExactly(Limit.HEAD_MEMORY);
        }
    }

    @Test
    void aHandshakeIsEndedForThatReasonAlone() throws Exception {
        String[] protocols = new String[10];
        Arrays.setAll(protocols, i -> "p" + i + "-".repeat(200));
        try (TestPort port = port(TestPort.ECHO);
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), port.port.number())) {
            assertThatThrownBy(() -> TlsClient.to("a.test").offering(protocols).over(plain))
                    .isInstanceOf(IOException.class);
            Eventually.until("all are gone", () -> port.listeners.connections() == 0);
            assertThat(port.limits).containsExactly(Limit.HEAD_MEMORY);
            assertThat(port.handshakeFailures).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsHandedOnSaysSo() throws Exception {
        CompletableFuture<Failure> broken = new CompletableFuture<>();
        TlsListener.Tcp listener = new TlsListener.Tcp("", new ListenerRef("p", "g", "l"), Optional.of(tls()));
        try (TestPort port = new TestPort(limits(), listener, new Carrying(broken));
                RawClient client = connect(port)) {
            client.send(LARGE);

            assertThat(broken.get(10, TimeUnit.SECONDS)).isEqualTo(HeadBudget.usedUp());
            assertThat(port.limits).containsExactly(Limit.HEAD_MEMORY);
        }
    }

    private record Carrying(CompletableFuture<Failure> broken) implements RequestHandler {
        @Override
        public void handle(Request request, Reply reply, Lifeline lifeline) {}

        @Override
        public Optional<CarryFailure> carry(String hostname, String serverName, Tunnel client, Lifeline lifeline) {
            try {
                client.read(new byte[512], 0, 512);
            } catch (ExchangeException e) {
                broken.complete(e.failure());
            } catch (IOException gone) {
                broken.completeExceptionally(gone);
            }
            return Optional.empty();
        }
    }

    @Test
    void anEarlyAnswerReachesAClientThatIsStillSendingWhole() throws Exception {
        String answer = "y".repeat(MUCH);
        CountDownLatch answered = new CountDownLatch(1);
        try (TestPort port = port((request, reply, lifeline) -> {
                    TestPort.text(reply, 413, answer);
                    answered.countDown();
                });
                Socket plain = new Socket()) {
            plain.setReceiveBufferSize(32 << 10);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port.number()));
            RawClient client = TlsClient.to("a.test").over(plain);
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n")
                    .send("x".repeat(50_000));
            TestPort.await(answered);
            client.send("x".repeat(20_000));

            assertThat(client.answer().body()).isEqualTo(answer);
            assertThat(client.rest()).isEmpty();
            assertThat(port.limits).isEmpty();
        }
    }
}
