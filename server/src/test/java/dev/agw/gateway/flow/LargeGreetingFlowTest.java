package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Greetings of TLS that are begun and not ended have a bound together.
@Timeout(60)
class LargeGreetingFlowTest {
    private static final String REFUSED = "agentgateway_limit_refusals_total";
    private static final int MOST = 4000;

    @TempDir
    Path keys;

    /// The head of a record with 16 KiB of a ClientHello, of which as much again is to follow.
    private static byte[] begun() {
        byte[] record = new byte[5 + 16 * 1024];
        byte[] head = {22, 3, 1, 0x40, 0, 1, 0, 0x40, 0};
        System.arraycopy(head, 0, record, 0, head.length);
        return record;
    }

    @Test
    void whoBeginsOneTooManyIsClosedAndOthersAreServedOnceThoseAreGone() throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        List<RawClient> clients = new ArrayList<>();
        byte[] hello = begun();
        try (TestGateway gateway = TestGateway.bare(
                "limits: {heapForHeads: 1}",
                Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"))) {
            int port = gateway.ports("https").getFirst();
            while (clients.size() < MOST && refused(gateway) == 0) {
                for (int i = 0; i < 50; i++) {
                    clients.add(begin(port, hello));
                }
            }
            assertThat(refused(gateway)).isPositive();

            for (RawClient client : clients) {
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

    private static RawClient begin(int port, byte[] hello) throws Exception {
        RawClient client = new RawClient(port);
        try {
            client.send(hello, 0, hello.length - 1);
        } catch (IOException refused) {
            Eventually.until("it is closed", client::ended);
        }
        return client;
    }
}
