package dev.agw.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agw.cli.cluster.Api.Reply;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApiTest {
    private static final int DEADLINE_MILLIS = 1_500;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    ApiTest() throws IOException {
        server.setExecutor(threads);
        server.createContext("/silent", this::silent);
        server.createContext("/drip", this::drip);
        server.createContext("/", ApiTest::prompt);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anApiThatNeverAnswersIsSilentAtTheDeadline() throws Exception {
        assertThat(get("/silent")).isEqualTo(late());
    }

    @Test
    void theDeadlineCoversABodyThatDrips() throws Exception {
        assertThat(get("/drip")).isEqualTo(late());
    }

    @Test
    void oneLateAnswerDoesNotKeepTheNextFromComing() throws Exception {
        try (Api api = open()) {
            assertThat(api.get("/drip")).isEqualTo(late());
            assertThat(api.get("/version"))
                    .isInstanceOfSatisfying(
                            Reply.Answer.class,
                            answer -> assertThat(answer.body()).isEqualTo("{}"));
        }
    }

    private Reply late() {
        return new Reply.Silence(base() + " gave no whole answer within 1.5 s");
    }

    private Reply get(String path) throws InterruptedException {
        try (Api api = open()) {
            return api.get(path);
        }
    }

    private Api open() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(base())
                .withRequestTimeout(DEADLINE_MILLIS)
                .build();
        return new Api(config);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void silent(HttpExchange exchange) {
        awaited(Integer.MAX_VALUE);
        exchange.close();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        do {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        } while (!awaited(100));
        exchange.close();
    }

    /// Whether the test is over, after at most so long.
    private boolean awaited(int millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    private static void prompt(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write(new byte[] {'{', '}'});
        exchange.close();
    }
}
