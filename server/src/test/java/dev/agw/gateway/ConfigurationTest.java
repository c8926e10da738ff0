package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.downstream.ConnectionLimits;
import dev.agw.downstream.Listeners;
import dev.agw.http.TrustedProxies;
import dev.agw.proxy.ProxyParts;
import dev.agw.proxy.ProxySettings;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.HeapPressure;
import dev.agw.telemetry.Telemetry;
import dev.agw.telemetry.Tracing;
import dev.agw.testing.Eventually;
import dev.agw.upstream.DnsCache;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A configuration in files, with a resolver and a clock of the test's own.
class ConfigurationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();
    private final DnsCache dns = new DnsCache(
            host -> {
                lookups.incrementAndGet();
                return List.of(InetAddress.getLoopbackAddress());
            },
            DnsCache.Settings.DEFAULT,
            now::get);
    private final AgwSettings settings =
            new SettingsReader(Map.of(), Map.of()).defaults().settings().orElseThrow();
    private final GatewayMetrics metrics = new GatewayMetrics("test", 100);
    private final UpstreamClient upstream =
            new UpstreamClient(dns, UpstreamObserver.NONE, now::get, metrics.housekeeping());
    private final Listeners listeners = new Listeners(ConnectionLimits.DEFAULT);
    private final HeapPressure heap = HeapPressure.watch(100, 100, metrics.housekeeping());
    private Configuration configuration;

    @BeforeEach
    void start() throws IOException {
        keptFor("1h");
        Telemetry telemetry = new Telemetry(metrics, Optional.empty(), Tracing.off());
        ProxySettings proxySettings =
                new ProxySettings(Limits.ofRequests(settings.limits()), TrustedProxies.NONE, false);
        ProxyParts proxy = new ProxyParts(upstream, telemetry, proxySettings, heap);
        ManifestSource source = ManifestSource.of(ConfigSource.path(folder));
        configuration = new Configuration(settings, source, new Ports(listeners, metrics), metrics, dns);
        configuration.start(proxy.handler(configuration::snapshot));
    }

    @AfterEach
    void stop() {
        configuration.close();
        listeners.close();
        upstream.close();
        heap.close();
    }

    private void keptFor(String time) throws IOException {
        Files.writeString(folder.resolve("all.yaml"), """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: GatewayParameters
                metadata: {name: parameters}
                spec: {rawConfig: {config: {dns: {refreshRate: %s}}}}
                """.formatted(time));
    }

    /// How often a name was looked up so far, once it was asked for.
    private int lookups() {
        dns.addresses("model.test", PATIENCE);
        return lookups.get();
    }

    @Test
    void keepsNamesForAsLongAsTheFilesSayNow() throws Exception {
        assertThat(lookups()).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(lookups()).isEqualTo(1);

        keptFor("58m");

        Eventually.until("the name is looked up again", () -> lookups() == 2);
    }
}
