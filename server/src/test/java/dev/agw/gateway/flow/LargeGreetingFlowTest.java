package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
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

    /// The head of a record with 16 KiB of a ClientHello, of which as much again is to follow.
    private static byte[] begun(byte type) {
        byte[] record = new byte[5 + 16 * 1024];
        byte[] head = {type, 3, 1, 0x40, 0, 1, 0, 0x40, 0};
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

    private void assertBounded(Beginner beginner) throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        List<Closeable> clients = new ArrayList<>();
        try (TestGateway gateway = TestGateway.bare(
                "limits: {heapForHeads: 1}",
                Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"))) {
            int port = gateway.ports("https").getFirst();
            while (clients.size() < MOST && refused(gateway) == 0) {
                for (int i = 0; i < 50; i++) {
                    clients.add(beginner.begin(port));
                }
            }
            assertThat(refused(gateway)).isPositive();

            for (Closeable client : clients) {
                client.close();
            }
            gateway.awaitMetric(0, "agentgateway_active_connections");
            try (RawClient next = TlsClient.to("ours.test").connect(port)) {
                assertThat(next.get("/x").status()).isEqualTo(404);
            }
        }
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
