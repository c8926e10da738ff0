package dev.agw.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameServerResolverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NameServer server;
    private final AtomicLong now = new AtomicLong();

    NameServerResolverTest() throws Exception {
        server = new NameServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsAddressesAndHowLongTheyCount() throws Exception {
        server.knows("model.test", "10.0.0.1", 7);

        Resolution found = server.resolver().resolve("model.test");

        assertThat(found.addresses()).containsExactly(InetAddress.getByName("10.0.0.1"));
        assertThat(found.lifetime()).contains(Duration.ofSeconds(7));
    }

    @Test
    void tellsANameThatIsNotThereFromAServerThatFailsByTheMessage() {
        NameServerResolver resolver = server.resolver();
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> resolver.resolve("nobody.test"))
                .withMessage("nobody.test");

        server.breaks();

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> resolver.resolve("nobody.test"))
                .withMessageContaining("ServerFailed");
    }

    @Test
    void theCacheKeepsANameAsLongAsItsServerSays() {
        server.knows("model.test", "10.0.0.1", 120);
        DnsCache cache = cache(true);
        assertThat(address(cache)).isEqualTo("10.0.0.1");

        later(Duration.ofSeconds(119));
        address(cache);
        assertThat(server.questions()).isEqualTo(1);

        server.knows("model.test", "10.0.0.2", 120);
        later(Duration.ofSeconds(2));
        awaitAddress(cache, "10.0.0.2");
        assertThat(server.questions()).isEqualTo(2);
    }

    @Test
    void aLifetimeOfNothingIsASecond() {
        server.knows("model.test", "10.0.0.1", 0);
        DnsCache cache = cache(true);
        address(cache);
        later(Duration.ofMillis(999));
        address(cache);
        assertThat(server.questions()).isEqualTo(1);

        server.knows("model.test", "10.0.0.2", 0);
        later(Duration.ofMillis(1));

        awaitAddress(cache, "10.0.0.2");
    }

    @Test
    void theCacheServesWhatItKnowsWhileTheServerFails() {
        server.knows("model.test", "10.0.0.1", 1);
        DnsCache cache = cache(true);
        address(cache);
        server.breaks();
        later(Duration.ofMinutes(4));

        assertThat(address(cache)).isEqualTo("10.0.0.1");
    }

    @Test
    void nameServersAreNotAskedUnlessTheirWordCounts() throws Exception {
        InetAddress system = InetAddress.getByName("10.9.9.9");
        DnsCache cache = new DnsCache(host -> List.of(system), server::resolver, settings(false), now::get);

        assertThat(cache.addresses("model.test", PATIENCE)).containsExactly(system);
        assertThat(server.questions()).isZero();
    }

    private DnsCache cache(boolean respectTtl) {
        Resolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        return new DnsCache(nobody, server::resolver, settings(respectTtl), now::get);
    }

    private static DnsCache.Settings settings(boolean respectTtl) {
        DnsCache.Settings standard = DnsCache.Settings.DEFAULT;
        return new DnsCache.Settings(
                standard.ttl(), standard.negativeTtl(), standard.maxStale(), standard.maxNames(), respectTtl);
    }

    private static String address(DnsCache cache) {
        List<InetAddress> found = cache.addresses("model.test", PATIENCE);
        return found.isEmpty() ? "" : found.getFirst().getHostAddress();
    }

    /// Asks until the look-up that runs beside has brought `wanted`.
    private static void awaitAddress(DnsCache cache, String wanted) {
        while (!address(cache).equals(wanted)) {
            Thread.onSpinWait();
        }
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
