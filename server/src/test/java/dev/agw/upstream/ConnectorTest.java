package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Tunnel;
import dev.agw.testing.BlackHole;
import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Names with several addresses, some of which nobody listens on.
class ConnectorTest {
    private OddServer server;
    private TestCaller caller = new TestCaller();

    @BeforeEach
    void start() throws IOException {
        server = new OddServer(); // on 127.0.0.1 only
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    private Origin named(ConnectionSettings settings) {
        return TestCaller.origin("model.test", server.port(), settings);
    }

    private void resolvingTo(String... addresses) {
        caller = new TestCaller(host -> {
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
                found.add(InetAddress.getAllByName(address)[0]);
            }
            return found;
        });
    }

    @Test
    void goesOnToTheNextAddress() throws IOException {
        resolvingTo("127.0.0.2", "127.0.0.1");

        assertThat(caller.fetch(named(ConnectionSettings.DEFAULT), get("/a"))).isEqualTo("200 /a");
        assertThat(caller.connectFailures).hasValue(1);
    }

    @Test
    void passesOverAnAddressThatFailedAMomentAgo() throws IOException {
        resolvingTo("127.0.0.2", "127.0.0.1");
        List<UpstreamResponse> open = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            open.add(caller.call(named(ConnectionSettings.DEFAULT), get("/a")));
        }
        assertThat(caller.connectFailures).hasValue(1);

        caller.later(Duration.ofSeconds(6));
        for (int i = 0; i < 2; i++) {
            open.add(caller.call(named(ConnectionSettings.DEFAULT), get("/a")));
        }
        assertThat(caller.connectFailures).hasValue(2);
        open.forEach(UpstreamResponse::close);
    }

    @Test
    void whatIsNotHttpPassesOverSuchAnAddressToo() throws IOException {
        resolvingTo("127.0.0.2", "127.0.0.1");
        for (int i = 0; i < 6; i++) {
            tunnel().close();
        }
        assertThat(caller.connectFailures).hasValue(1);

        caller.later(Duration.ofSeconds(6));
        for (int i = 0; i < 2; i++) {
            tunnel().close();
        }
        assertThat(caller.connectFailures).hasValue(2);
    }

    @Test
    void whatIsNotHttpUsesAllAddressesInTurn() throws Exception {
        resolvingTo("127.0.0.2", "127.0.0.1");
        try (ServerSocket other = new ServerSocket(server.port(), 50, InetAddress.getByName("127.0.0.2"))) {
            for (int i = 0; i < 4; i++) {
                tunnel().close();
            }
            other.accept().close();
            other.accept().close();
            Eventually.until("the other two are here", () -> server.connections() == 2);
        }
    }

    private Tunnel tunnel() {
        return caller.client()
                .open(
                        named(ConnectionSettings.DEFAULT),
                        caller.lifeline(),
                        Duration.ofSeconds(10).toNanos());
    }

    @Test
    void leavesTimeForTheNextAddressWhenOneDoesNotAnswer() throws IOException {
        resolvingTo("127.0.0.3", "127.0.0.1");
        try (BlackHole hole = new BlackHole("127.0.0.3", server.port())) {
            assertThat(hole.port()).isEqualTo(server.port());
            assertThat(caller.fetch(named(TestCaller.connectTimeout(Duration.ofMillis(400))), get("/a")))
                    .isEqualTo("200 /a");
            assertThat(caller.connectFailures).hasValue(1);
        }
    }

    @Test
    void reportsTheOriginAndNoAddressWhenAllFail() {
        resolvingTo("127.0.0.2", "127.0.0.3");

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(named(ConnectionSettings.DEFAULT), get("/a")))
                .satisfies(e -> assertThat(e.failure())
                        .isEqualTo(
                                Failure.UpstreamFailure.unreachable("cannot connect to model.test:" + server.port())));
        assertThat(caller.connectFailures).hasValue(2);
        assertThat(caller.pools().getFirst().open()).isZero();
    }

    @Test
    void reportsANameThatDoesNotResolve() {
        caller = new TestCaller(host -> {
            throw new UnknownHostException(host);
        });

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(named(ConnectionSettings.DEFAULT), get("/a")))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.NoHealthyBackend.class));
    }

    @Test
    void tellsAddressesFromNames() {
        assertThat(Addresses.literal("127.0.0.1")).isTrue();
        assertThat(Addresses.literal("::1")).isTrue();
        assertThat(Addresses.literal("1.2.3.4.example")).isFalse();
        assertThat(Addresses.literal("")).isFalse();
        assertThat(TestCaller.origin("::1", 80, ConnectionSettings.DEFAULT).authority())
                .isEqualTo("[::1]:80");
    }
}
