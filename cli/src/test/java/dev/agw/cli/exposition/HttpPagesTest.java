package dev.agw.cli.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPagesTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void aPageComesWithItsStatus() throws IOException, InterruptedException {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, 4);
            exchange.getResponseBody().write("grö".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        try (HttpPages pages = new HttpPages(Duration.ofSeconds(30))) {
            assertThat(pages.get(url())).isEqualTo(new HttpPages.Page(404, "grö"));
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        server.createContext("/", exchange -> {
            OutputStream body = begin(exchange);
            body.write('#');
            body.flush();
            await();
        });
        try (HttpPages pages = new HttpPages(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> pages.get(url())).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsGivenUp() {
        server.createContext("/", exchange -> {
            byte[] piece = new byte[1 << 20];
            try (OutputStream body = begin(exchange)) {
                for (int sent = 0; sent < 2 * HttpPages.MOST_BYTES; sent += piece.length) {
                    body.write(piece);
                }
            }
        });
        try (HttpPages pages = new HttpPages(Duration.ofSeconds(30))) {
            assertThatThrownBy(() -> pages.get(url()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("larger than 64 MiB");
        }
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
