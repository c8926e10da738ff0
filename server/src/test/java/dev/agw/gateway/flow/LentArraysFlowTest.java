package dev.agw.gateway.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections read into arrays that they lend each other: nobody may see what is another's.
@Timeout(120)
class LentArraysFlowTest {
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 20;
    /// Of bodies: within the small array, within a lent one, above it, and so large that a second thread sends them.
    private static final int[] SIZES = {0, 10, 900, 3_000, 17_500, 60_000, 70_000, 300_000};

    private OddServer backend;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        backend = new OddServer();
        backend.on("/echo", LentArraysFlowTest::echo);
        gateway = TestGateway.serving(
                Manifest.hosts("backend", backend.port()), Manifest.route("all", Manifest.rule("/", "backend")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        backend.close();
    }

    @Test
    void everybodyGetsTheirOwnBytesBackHoweverTheyComeInPieces() throws Exception {
        List<FutureTask<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            clients.add(started(() -> converse(number)));
        }
        for (FutureTask<Integer> client : clients) {
            assertThat(client.get()).isEqualTo(REQUESTS);
        }
    }

    private int converse(int number) throws IOException {
        Random dice = new Random(number);
        int answered = 0;
        try (RawClient client = new RawClient(gateway.port())) {
            while (answered < REQUESTS) {
                String body = body(number, answered, SIZES[dice.nextInt(SIZES.length)]);
                inPieces(client, RawClient.postText("/echo", body), dice);
                assertThat(client.answer().body()).isEqualTo(body);
                answered++;
            }
        }
        return answered;
    }

    private static String body(int client, int request, int size) {
        String mark = "<" + client + "." + request + ">";
        return mark.repeat(size / mark.length() + 1).substring(0, size);
    }

    /// Each piece goes out alone, small ones and large ones.
    private static void inPieces(RawClient client, String text, Random dice) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + dice.nextInt(dice.nextBoolean() ? 40 : 20_000));
            client.send(bytes, at, length);
            at += length;
        }
    }

    /// The head with the begin of the body, and the rest behind it.
    private static void echo(OddServer.Visit visit) throws IOException {
        String body = new String(visit.body(), US_ASCII);
        int half = body.length() / 2;
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body.substring(0, half));
        visit.send(body.substring(half));
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        return future;
    }
}
