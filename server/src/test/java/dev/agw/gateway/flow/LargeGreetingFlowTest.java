package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Greetings and records of TLS that are begun and not ended have a bound together.
@Timeout(60)
class LargeGreetingFlowTest {
    private static final String REFUSED = "agentgateway_limit_refusals_total";
    private static final int MOST = 4000;
    private static final byte HANDSHAKE = 22;
    private static final byte APPLICATION_DATA = 23;

    @TempDir
    Path keys;

    /// A record of 16 KiB of a ClientHello that ends in the next one.
    private static byte[] begun(byte type) {
        return begun(type, 64);
    }

    /// A record of so many times 256 bytes of a ClientHello that ends in the next one.
    private static byte[] begun(byte type, int pages) {
        byte[] record = new byte[5 + pages * 256];
        byte[] head = {type, 3, 1, (byte) pages, 0, 1, 0, (byte) pages, 0};
        System.arraycopy(head, 0, record, 0, head.length);
        return record;
    }

    /// Begins on a new connection what it does not end.
    private interface Beginner {
        Closeable begin(int port) throws Exception;
    }

    @Test
    void whoGreetsOneTooManyIsClosedAndOthersAreServedOnceThoseAreGone() throws Exception {
        byte[] hello = begun(HANDSHAKE);
        assertBounded(port -> begin(port, hello));
    }

    @Test
    void whoBeginsARecordOneTooManyIsClosedAndOthersAreServedOnceThoseAreGone() throws Exception {
        byte[] record = Arrays.copyOf(begun(APPLICATION_DATA), 2 * 1024);
        assertBounded(port -> shaken(port, record));
    }

    @Test
    void aTunnelThatIsCutForWantOfMemoryDoesNotEndLikeOneThatIsOver() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        try (OddServer server = new OddServer().on("/ws", visit -> end.complete(switched(visit)));
                TestGateway gateway = serving(
                        Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
                RawClient client =
                        TlsClient.to("ours.test").connect(gateway.ports("https").getFirst())) {
            client.send(Ask.get("/ws", "Connection: Upgrade", "Upgrade: websocket"));
            assertThat(client.head().status()).isEqualTo(101);
            byte[] hello = begun(HANDSHAKE);
            List<Closeable> others = fill(gateway, port -> begin(port, hello));
            others.addAll(fillUp(gateway, client));

            assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("broken off");
            assertThat(gateway.awaitLogLine("/ws")).contains("\"outcome\":\"shutdown\"");
            for (Closeable other : others) {
                other.close();
            }
        }
    }

    /// Takes what is left in small pieces, until `talker` is cut off because there is nothing left for its records.
    private static List<Closeable> fillUp(TestGateway gateway, RawClient talker) throws Exception {
        List<Closeable> clients = new ArrayList<>();
        byte[] hello = begun(HANDSHAKE, 8);
        int port = gateway.ports("https").getFirst();
        try {
            while (clients.size() < MOST) {
                clients.add(begin(port, hello));
                talker.send("x".repeat(5000));
            }
        } catch (IOException cutOff) {
            // so its turn has come
        }
        return clients;
    }

    /// Leaves HTTP, and tells how what the client says came to its end.
    private static String switched(OddServer.Visit visit) throws IOException {
        visit.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        try {
            visit.awaitEnd();
            return "over";
        } catch (IOException reset) {
            return "broken off";
        }
    }

    private void assertBounded(Beginner beginner) throws Exception {
        try (TestGateway gateway = serving()) {
            for (Closeable client : fill(gateway, beginner)) {
                client.close();
            }
            gateway.awaitMetric(0, "agentgateway_active_connections");
            gateway.awaitMetric(0, "agentgateway_head_held_bytes");
            try (RawClient next =
                    TlsClient.to("ours.test").connect(gateway.ports("https").getFirst())) {
                assertThat(next.get("/x").status()).isEqualTo(404);
            }
        }
    }

    private TestGateway serving(String... more) throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        return TestGateway.bare(
                "limits: {heapForHeads: 1, handshakeTimeout: 60s}",
                Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"),
                String.join("", more));
    }

    /// Begins on new connections until one is refused.
    private static List<Closeable> fill(TestGateway gateway, Beginner beginner) throws Exception {
        List<Closeable> clients = new ArrayList<>();
        int port = gateway.ports("https").getFirst();
        while (clients.size() < MOST && refused(gateway) == 0) {
            for (int i = 0; i < 50; i++) {
                clients.add(beginner.begin(port));
            }
        }
        assertThat(refused(gateway)).isPositive();
        return clients;
    }

    private static double refused(TestGateway gateway) throws IOException {
        return gateway.metrics().sum(REFUSED, "limit=head_memory");
    }

    /// Shakes hands, and sends the beginning of a record below the encryption.
    private static Closeable shaken(int port, byte[] record) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            TlsClient.to("ours.test").over(plain);
            plain.getOutputStream().write(record);
        } catch (IOException refused) {
            plain.close();
        }
        return plain;
    }

    private static Closeable begin(int port, byte[] hello) throws Exception {
        RawClient client = new RawClient(port);
        try {
            client.send(hello, 0, hello.length - 1);
        } catch (IOException refused) {
            Eventually.until("it is closed", client::ended);
        }
        return () -> client.close();
    }
}
