package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes on a pooled connection while its event loop is busy, so that nobody but the kernel knows of it.
class BetweenRequestsTest {
    private static final int ROUNDS = 200;

    private interface Origins {
        Origin to(int port);
    }

    @Test
    void isNeverServedToTheNextRequest() throws Exception {
        try (OddServer server = new OddServer()) {
            assertOwnAnswers(server, TestCaller::origin);
        }
    }

    @Test
    void isNeverServedToTheNextRequestOverTls(@TempDir Path keys) throws Exception {
        Identity identity = Identity.of(keys, "ip:127.0.0.1");
        TlsSettings settings = new TlsSettings("", Optional.of(List.of(identity.certificate())), Optional.empty());
        try (OddServer server = new OddServer(identity.server())) {
            assertOwnAnswers(
                    server, port -> new Origin("127.0.0.1", port, Optional.of(settings), ConnectionSettings.DEFAULT));
        }
    }

    private static void assertOwnAnswers(OddServer server, Origins origins) throws Exception {
        Semaphore poisoned = new Semaphore(0);
        server.on("/late", visit -> {
            visit.send(OddServer.ok("ok"));
            visit.send(OddServer.ok("POISONED"));
            poisoned.release();
        });
        try (TestCaller caller = new TestCaller()) {
            Origin origin = origins.to(server.port());
            OneLoop.run(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(caller.fetch(origin, get("/late"))).isEqualTo("200 ok");
                    awaitBusy(poisoned);
                    assertThat(caller.fetch(origin, get("/next/" + round))).isEqualTo("200 /next/" + round);
                }
            });
        }
    }

    /// Waits without giving the loop a chance to look.
    private static void awaitBusy(Semaphore poisoned) {
        while (!poisoned.tryAcquire()) {
            Thread.onSpinWait();
        }
    }
}
