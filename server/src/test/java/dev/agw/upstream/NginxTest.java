package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.LoopbackPorts;
import dev.agw.upstream.ConnectionSettings.Http2;
import dev.agw.upstream.ConnectionSettings.Use;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 with a server that somebody else wrote; where nginx is not installed, nothing is tried.
class NginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final int LARGE = 5_000_000;

    @TempDir
    static Path directory;

    private static Process nginx;
    private static Certificates certificates;
    private static int clear;
    private static int secure;
    private static int old;

    private final TestCaller caller = new TestCaller();

    @BeforeAll
    static void start() throws Exception {
        assumeThat(NGINX).exists();
        certificates = Certificates.selfSigned(directory, "ip:127.0.0.1");
        clear = LoopbackPorts.free();
        secure = LoopbackPorts.free();
        old = LoopbackPorts.free();
        Files.writeString(directory.resolve("cert.pem"), certificates.certificatePem());
        Files.writeString(directory.resolve("key.pem"), certificates.keyPem());
        Files.write(directory.resolve("large"), new byte[LARGE]);
        Path config = Files.writeString(directory.resolve("nginx.conf"), config());
        nginx = new ProcessBuilder(NGINX.toString(), "-p", directory.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.log").toFile())
                .start();
        Eventually.until("nginx listens", () -> listens(clear) && listens(secure) && listens(old));
    }

    private static String config() {
        List<String> servers = new ArrayList<>();
        for (String listen : List.of(clear + " http2", secure + " ssl http2", old + " ssl")) {
            servers.add("""
                  server {
                    listen 127.0.0.1:%s;
                    ssl_certificate %s/cert.pem;
                    ssl_certificate_key %s/key.pem;
                    keepalive_requests 20;
                    client_max_body_size 10m;
                    root %s;
                    location = /protocol { return 200 "$server_protocol"; }
                  }
                """.formatted(listen, directory, directory, directory));
        }
        return """
                daemon off;
                master_process off;
                error_log stderr warn;
                pid nginx.pid;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                """ + String.join("", servers) + "}\n";
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    @AfterEach
    void stop() {
        caller.close();
    }

    private static Origin origin(int port, boolean tls, Use use) throws Exception {
        Http2 http2 = new Http2(use, 1000, Integer.MAX_VALUE, 65_536, 1024 * 1024);
        ConnectionSettings settings = new ConnectionSettings(
                ConnectionSettings.Timeouts.DEFAULT,
                ConnectionSettings.Pool.DEFAULT,
                Optional.empty(),
                ConnectionSettings.DEFAULT.answers(),
                http2);
        TlsSettings trusting = new TlsSettings("", Optional.of(List.of(certificates.certificate())), Optional.empty());
        return new Origin("127.0.0.1", port, tls ? Optional.of(trusting) : Optional.empty(), settings);
    }

    @Test
    void speaksHttp2InPlainTextToABackendThatIsKnownToDoSo() throws Exception {
        assertThat(caller.fetch(origin(clear, false, Use.PRIOR_KNOWLEDGE), get("/protocol")))
                .isEqualTo("200 HTTP/2.0");
    }

    @Test
    void speaksWhatTheBackendChoosesOverTls() throws Exception {
        assertThat(caller.fetch(origin(secure, true, Use.NEGOTIATED), get("/protocol")))
                .isEqualTo("200 HTTP/2.0");
        assertThat(caller.fetch(origin(old, true, Use.NEGOTIATED), get("/protocol")))
                .isEqualTo("200 HTTP/1.1");
        assertThat(caller.fetch(origin(secure, true, Use.NEVER), get("/protocol")))
                .isEqualTo("200 HTTP/1.1");
    }

    @Test
    void takesLargeAnswersAsFastAsTheyAreRead() throws Exception {
        for (Origin origin : List.of(origin(clear, false, Use.PRIOR_KNOWLEDGE), origin(secure, true, Use.NEGOTIATED))) {
            try (UpstreamResponse response = caller.call(origin, get("/large"))) {
                assertThat(response.body().declaredLength()).isEqualTo(LARGE);
                assertThat(response.body().readAll(LARGE)).hasSize(LARGE);
            }
        }
    }

    @Test
    void answersToHeadHaveALengthAndNoBody() throws Exception {
        Origin origin = origin(clear, false, Use.PRIOR_KNOWLEDGE);
        try (UpstreamResponse response = caller.call(origin, request("HEAD", "/large", Payload.NONE))) {
            assertThat(response.headers().first(dev.agw.http.HeaderName.CONTENT_LENGTH))
                    .contains("" + LARGE);
            assertThat(response.body().next()).isFalse();
        }
        assertThat(caller.fetch(origin, get("/protocol"))).isEqualTo("200 HTTP/2.0");
    }

    /// Every connection goes away after twenty requests, with others under way.
    @Test
    void losesNoRequestWhenConnectionsGoAway() throws Exception {
        Origin origin = origin(clear, false, Use.PRIOR_KNOWLEDGE);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 500; i++) {
                answers.add(threads.submit(() -> caller.fetch(origin, get("/protocol"))));
            }
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("200 HTTP/2.0");
        }
        assertThat(caller.connected.get()).isGreaterThan(10);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
