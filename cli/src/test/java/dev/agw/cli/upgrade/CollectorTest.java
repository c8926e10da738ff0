package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.agw.cli.cluster.PatientServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private static final String GATEWAY = "agentgateway_build_info{tag=\"1.1.0\"} 1\n";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

    CollectorTest() throws IOException {}

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void judgesWhatGrewBetweenTwoLooks() throws InterruptedException {
        answering(200, GATEWAY + "a 5\n", GATEWAY + "a 7\n");

        assertThat(look())
                .isInstanceOfSatisfying(
                        Part.Read.class,
                        read -> assertThat(((PodMetrics) read.value()).growth("a", sample -> true))
                                .isEqualTo(2));
    }

    @Test
    void doesNotTakeALifetimeForGrowthWhereTheFirstLookFailed() throws InterruptedException {
        answering(503, "not yet\n", GATEWAY + "a 7\n");

        assertThat(look())
                .isEqualTo(new Part.Unreadable<>(
                        url + " answered with 503 at the begin of the window", "is the URL right?"));
    }

    @Test
    void aPageThatIsNoneIsUnreadable() throws InterruptedException {
        answering(200, "a 1\n", "<html>\n");

        assertThat(look())
                .isEqualTo(new Part.Unreadable<>(
                        "no page of metrics: line 1: expected the name of a metric in column 1", "is the URL right?"));
    }

    @Test
    void asksAllGatewaysAtOnce() throws IOException, InterruptedException {
        try (PatientServer server = new PatientServer(3)) {
            URI base = URI.create("http://127.0.0.1:" + server.port() + "/");
            try (UrlPages pages = new UrlPages(List.of(base, base.resolve("b"), base.resolve("c")))) {
                assertThat(pages.look().values()).hasSize(3).allMatch(page -> page instanceof Part.Read<String>);
            }
        }
    }

    @Test
    void anAnswerThatIsNoneOfAPrometheusIsUnreadable() throws InterruptedException {
        answering(200, "{}", "nonsense");

        assertThat(Collector.prometheus(url).get("alerts")).isInstanceOf(Part.Unreadable.class);
        assertThat(Collector.prometheus(url).get("alerts")).isInstanceOf(Part.Unreadable.class);
    }

    private Part<PodMetrics> look() throws InterruptedException {
        Looks looks = new Looks(Duration.ofMillis(1));
        try (UrlPages pages = new UrlPages(List.of(url))) {
            looks.add(Seen.AT, pages.look());
            looks.add(Seen.AT.plusMillis(1), pages.look());
        }
        return looks.pods().values().iterator().next();
    }

    /// Answers the first request with `first` and this status, later ones with `then` and 200.
    private void answering(int status, String first, String then) {
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean begin = requests.getAndIncrement() == 0;
            byte[] body = (begin ? first : then).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(begin ? status : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
