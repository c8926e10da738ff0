package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.downstream.ConnectionLimits;
import dev.agw.downstream.Listeners;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.Housekeeping;
import dev.agw.upstream.DnsCache;
import dev.agw.upstream.Resolver;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorServerTest {
    private final GatewayMetrics metrics = new GatewayMetrics("test", 100);
    private final DnsCache dns = new DnsCache(Resolver.SYSTEM, DnsCache.Settings.DEFAULT, System::nanoTime);
    private final UpstreamClient upstream =
            new UpstreamClient(dns, UpstreamObserver.NONE, System::nanoTime, new Housekeeping());
    private final Listeners listeners = new Listeners(ConnectionLimits.DEFAULT);

    @AfterEach
    void stop() {
        listeners.close();
        upstream.close();
    }

    @Test
    void aPortThatIsTakenBehindTheLookEndsTheStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OperatorServer operators = operators(taken.getLocalPort())) {
            assertThatThrownBy(operators::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " for metrics cannot be opened");
        }
    }

    @Test
    void portsThatAreFreeAreOpened() {
        try (OperatorServer operators = operators(0)) {
            operators.start();

            assertThat(operators.listening())
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.port()).isPositive());
        }
    }

    private OperatorServer operators(int port) {
        AgwSettings settings = new SettingsReader(Map.of(), Map.of())
                .parse("agw.yaml", """
                        admin: {address: "127.0.0.1:0"}
                        metrics: {address: "127.0.0.1:%d"}
                        readiness: {address: "127.0.0.1:0"}
                        """.formatted(port))
                .settings()
                .orElseThrow();
        Configuration configuration = new Configuration(
                settings,
                ManifestSource.of(ConfigSource.text("test.yaml", "")),
                new Ports(listeners, metrics),
                metrics,
                dns);
        return new OperatorServer(new OperatorPages(metrics, configuration, upstream, () -> false), settings);
    }
}
