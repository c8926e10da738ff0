package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.testing.OddServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    static Path directory;

    private static Certificates good;

    private static Certificates other;

    private static Certificates expired;

    private final TestCaller caller = new TestCaller();
    private OddServer server;

    @BeforeAll
    static void certificates() throws Exception {
        good = Certificates.selfSigned(directory, "dns:localhost,dns:model.test,ip:127.0.0.1");
        other = Certificates.selfSigned(directory, "dns:other.test");
        expired = Certificates.selfSigned(directory, "ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
    }

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    private interface Tuning {
        void tune(SSLServerSocket socket);
    }

    private void serve(Certificates certificates, Tuning tuning) throws Exception {
        ServerSocketFactory sockets = certificates.server(good).getServerSocketFactory();
        server.close();
        server = new OddServer(new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) sockets.createServerSocket(port, backlog, address);
                tuning.tune(socket);
                return socket;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                throw new UnsupportedOperationException();
            }
        });
    }

    private Origin origin(String host, String serverName, X509Certificate... trusted) {
        return origin(host, new TlsSettings(serverName, Optional.of(List.of(trusted)), Optional.empty()));
    }

    private Origin origin(String host, TlsSettings settings) {
        return new Origin(host, server.port(), Optional.of(settings), ConnectionSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksTls(String version) throws Exception {
        serve(good, socket -> socket.setEnabledProtocols(new String[] {version}));
        server.on("/large", visit -> visit.send(OddServer.ok("x".repeat(visit.body().length))));
        Origin origin = origin("127.0.0.1", "", good.certificate());

        assertThat(caller.fetch(origin, get("/a"))).isEqualTo("200 /a");
        assertThat(caller.fetch(origin, request("POST", "/large", Payload.of(new byte[300_000]))))
                .hasSize(300_004);
        assertThat(caller.fetch(origin, get("/b"))).isEqualTo("200 /b");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(caller.transports).containsExactly("tls");
    }

    @Test
    void asksForTheNameByWhichTheOriginIsKnown() throws Exception {
        serve(good, socket -> {
            SSLParameters parameters = socket.getSSLParameters();
            SNIMatcher wanted = SNIHostName.createSNIMatcher("model\\.test");
            parameters.setSNIMatchers(List.of(wanted));
            socket.setSSLParameters(parameters);
        });

        assertThat(caller.fetch(origin("127.0.0.1", "model.test", good.certificate()), get("/a")))
                .isEqualTo("200 /a");
        assertRefused(origin("localhost", "", good.certificate()));
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        serve(other, socket -> {});
        assertRefused(origin("127.0.0.1", "", other.certificate()));
        assertRefused(origin("127.0.0.1", "model.test", other.certificate()));
    }

    @Test
    void refusesACertificateThatNobodyTrusts() throws Exception {
        serve(good, socket -> {});
        assertRefused(origin("127.0.0.1", TlsSettings.DEFAULT));
        assertRefused(origin("127.0.0.1", "", other.certificate()));
    }

    @Test
    void refusesEveryCertificateWhereThereIsNoAuthority() throws Exception {
        serve(good, socket -> {});
        assertRefused(origin("127.0.0.1", ""));
    }

    @Test
    void refusesACertificateThatIsOutOfDate() throws Exception {
        serve(expired, socket -> {});
        assertRefused(origin("127.0.0.1", "", expired.certificate()));
    }

    @Test
    void refusesABackendThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpOn(plain));
            Origin origin = new Origin(
                    "127.0.0.1", plain.getLocalPort(), Optional.of(TlsSettings.DEFAULT), ConnectionSettings.DEFAULT);
            assertRefused(origin);
        }
    }

    @Test
    void showsItsOwnCertificateWhenAsked() throws Exception {
        serve(good, socket -> socket.setNeedClientAuth(true));
        TlsSettings known = new TlsSettings("", Optional.of(List.of(good.certificate())), Optional.of(good.identity()));

        assertThat(caller.fetch(origin("127.0.0.1", known), get("/a"))).isEqualTo("200 /a");
        assertThat(known.identity().orElseThrow()).hasToString("Identity[1 certificates]");
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin("127.0.0.1", "", good.certificate()), get("/a")))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
    }

    @Test
    void refusesAKeyThatDoesNotFit() throws Exception {
        serve(good, socket -> {});
        TlsSettings unusable = new TlsSettings(
                "",
                Optional.empty(),
                Optional.of(new TlsSettings.Identity(good.identity().key(), List.of())));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.call(origin("127.0.0.1", unusable), get("/a")))
                .withMessageContaining("cannot be used");
    }

    @Test
    void neverServesBytesThatCameBetweenTwoRequests() throws Exception {
        Semaphore poisoned = new Semaphore(0);
        serve(good, socket -> {});
        server.on("/late", visit -> {
            visit.send(OddServer.ok("ok"));
            visit.send(OddServer.ok("POISONED"));
            poisoned.release();
        });
        Origin origin = origin("127.0.0.1", "", good.certificate());

        for (int i = 0; i < 10; i++) {
            assertThat(caller.fetch(origin, get("/late"))).isEqualTo("200 ok");
            poisoned.acquire();
            assertThat(caller.fetch(origin, get("/next/" + i))).isEqualTo("200 /next/" + i);
        }
    }

    @Test
    void takesAnEndThatTlsDoesNotVouchForAsBrokenOff() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        serve(good, socket -> {});
        server.on("/end", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            visit.hangUp();
            read.countDown();
        });
        Origin origin = origin("127.0.0.1", "", good.certificate());

        assertThat(caller.fetch(origin, get("/end"))).isEqualTo("200 until the end");
        assertThat(caller.fetch(origin, get("/next"))).isEqualTo("200 /next");
        assertThat(read.getCount()).isZero();
    }

    @Test
    void aCutEndsAReadAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        serve(good, socket -> {});
        server.on("/slow", visit -> {
            asked.countDown();
            try {
                visit.awaitEnd();
            } finally {
                ended.countDown();
            }
        });
        Lifeline lifeline = caller.lifeline();
        Thread.ofVirtual().start(() -> {
            await(asked);
            lifeline.cut(Cut.REQUEST_TIMEOUT);
        });

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(
                        () -> caller.client().call(origin("127.0.0.1", "", good.certificate()), get("/slow"), lifeline))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.TimedOut.class));
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOnAHandshakeThatHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Origin origin = new Origin(
                    "127.0.0.1",
                    silent.getLocalPort(),
                    Optional.of(TlsSettings.DEFAULT),
                    TestCaller.connectTimeout(Duration.ofMillis(50)));
            assertThatExceptionOfType(ExchangeException.class)
                    .isThrownBy(() -> caller.call(origin, get("/")))
                    .satisfies(e -> assertThat(e.failure())
                            .isInstanceOfSatisfying(
                                    Failure.TimedOut.class,
                                    late -> assertThat(late.which()).isEqualTo(Cut.CONNECT_TIMEOUT)));
        }
    }

    private void assertRefused(Origin origin) {
        int before = caller.connectFailures.get();
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, get("/")))
                .satisfies(e -> assertThat(e.failure())
                        .isEqualTo(Failure.UpstreamFailure.broken(
                                "the TLS handshake with " + origin.authority() + " failed")));
        assertThat(caller.connectFailures).hasValue(before + 1);
    }

    private static void hangUpOn(ServerSocket listener) {
        try {
            listener.accept().close();
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
