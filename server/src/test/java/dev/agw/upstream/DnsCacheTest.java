package dev.agw.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import dev.agw.testing.Eventually;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DnsCacheTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ROUNDS = 300;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();
    /// Given back after each look-up.
    private final Semaphore finished = new Semaphore(0);

    private volatile String answer = "10.0.0.1";

    private final DnsCache cache = new DnsCache(this::resolve, DnsCache.Settings.DEFAULT, now::get);

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        try {
            if (answer.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return List.of(InetAddress.getAllByName(answer)[0]);
        } finally {
            finished.release();
        }
    }

    private String address() {
        List<InetAddress> found = cache.addresses("model.test", PATIENCE);
        return found.isEmpty() ? "" : found.getFirst().getHostAddress();
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /// Asks until the look-up that runs beside has brought `wanted`.
    private void awaitAddress(String wanted) {
        while (!address().equals(wanted)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void asksOncePerLifetime() {
        address();
        later(Duration.ofSeconds(29));

        assertThat(address()).isEqualTo("10.0.0.1");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void servesTheOldAnswerWhileItAsksAnew() throws InterruptedException {
        address();
        finished.acquire();
        answer = "10.0.0.2";
        later(Duration.ofSeconds(31));

        assertThat(address()).isIn("10.0.0.1", "10.0.0.2");
        finished.acquire();
        awaitAddress("10.0.0.2");
        assertThat(lookups).hasValue(2);
    }

    @Test
    void takesOtherTimesForWhatItKnowsAlready() throws InterruptedException {
        address();
        finished.acquire();
        answer = "10.0.0.2";
        cache.settings(
                new DnsCache.Settings(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofMinutes(5), 100, false));
        later(Duration.ofMinutes(4));
        assertThat(address()).isEqualTo("10.0.0.1");
        assertThat(lookups).hasValue(1);

        cache.settings(DnsCache.Settings.DEFAULT);

        awaitAddress("10.0.0.2");
        assertThat(lookups).hasValue(2);
    }

    /// Some of them look at the old answer just before the new one is there, and go on after it.
    @Test
    void asksOnceHoweverManyAskAtATime() throws InterruptedException {
        address();
        for (int round = 1; round <= ROUNDS; round++) {
            answer = "10.1.%d.%d".formatted(round / 256, round % 256);
            later(Duration.ofSeconds(31));
            List<Thread> all = IntStream.range(0, 8)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> {
                        for (int asked = 0; asked < 20; asked++) {
                            address();
                        }
                    }))
                    .toList();
            for (Thread one : all) {
                one.join();
            }
            awaitAddress(answer);
            assertThat(lookups).as("after %s lifetimes", round).hasValue(1 + round);
        }
    }

    @Test
    void remembersAFailureOnlyBriefly() {
        answer = "";
        assertThat(address()).isEmpty();
        answer = "10.0.0.3";
        later(Duration.ofSeconds(4));
        assertThat(address()).isEmpty();

        later(Duration.ofSeconds(2));

        assertThat(address()).isEqualTo("10.0.0.3");
        assertThat(lookups).hasValue(2);
    }

    @Test
    void servesOldAddressesWhileTheResolverFailsButNotForEver() throws InterruptedException {
        address();
        finished.acquire();
        answer = "";
        later(Duration.ofMinutes(4));
        assertThat(address()).isEqualTo("10.0.0.1");
        finished.acquire();

        later(Duration.ofMinutes(2));

        assertThat(address()).isEmpty();
    }

    @Test
    void asksOnceForManyWhoAskAtTheSameTime() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        DnsCache slow = new DnsCache(
                host -> {
                    asked.incrementAndGet();
                    await(gate);
                    return List.of(InetAddress.getLoopbackAddress());
                },
                DnsCache.Settings.DEFAULT,
                now::get);
        List<Thread> threads = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual().start(() -> slow.addresses("a", PATIENCE)))
                .toList();
        gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void waitsNoLongerThanItIsAllowedTo() {
        CountDownLatch gate = new CountDownLatch(1);
        DnsCache hanging = new DnsCache(
                host -> {
                    await(gate);
                    throw new UnknownHostException(host);
                },
                DnsCache.Settings.DEFAULT,
                now::get);

        assertThat(hanging.addresses("a", Duration.ofMillis(20))).isEmpty();
        gate.countDown();
    }

    @Test
    void forgetsNamesThatNobodyAsksFor() {
        address();
        later(Duration.ofMinutes(11));
        cache.sweep(now.get());
        answer = "10.0.0.9";

        assertThat(address()).isEqualTo("10.0.0.9");
    }

    @Test
    void keepsNoMoreNamesThanAllowedAndThoseUsedLast() {
        DnsCache.Settings standard = DnsCache.Settings.DEFAULT;
        DnsCache small = new DnsCache(
                this::resolve,
                new DnsCache.Settings(standard.ttl(), standard.negativeTtl(), standard.maxStale(), 2, false),
                now::get);
        for (String host : List.of("a.test", "b.test", "a.test", "c.test")) {
            later(Duration.ofMillis(1));
            small.addresses(host, PATIENCE);
        }
        assertThat(small.size()).isEqualTo(2);
        assertThat(lookups).hasValue(3);

        small.addresses("a.test", PATIENCE);
        assertThat(lookups).hasValue(3);
        small.addresses("b.test", PATIENCE);
        assertThat(lookups).hasValue(4);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLookUpThatEndsWithAnErrorIsCountedAndAFailureLikeOthers() throws Exception {
        Housekeeping housekeeping = new Housekeeping();
        AtomicInteger asked = new AtomicInteger();
        DnsCache flawed = new DnsCache(
                host -> {
                    asked.incrementAndGet();
                    throw new NoClassDefFoundError("for a test");
                },
                DnsCache.Settings.DEFAULT,
                now::get,
                housekeeping);

        assertThat(flawed.addresses("model.test", PATIENCE)).isEmpty();
        assertThat(flawed.addresses("model.test", PATIENCE)).isEmpty();

        assertThat(asked).hasValue(1);
        Eventually.until("it is counted", () -> housekeeping.failures(Chore.DNS) == 1);
    }

    @Test
    void asksAgainAfterThereWasNoThreadToAskOn() {
        AtomicInteger threads = new AtomicInteger();
        DnsCache poor = new DnsCache(
                this::resolve,
                NameServerResolver::new,
                task -> {
                    if (threads.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task);
                },
                DnsCache.Settings.DEFAULT,
                now::get);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> poor.addresses("model.test", PATIENCE));

        assertThat(poor.addresses("model.test", PATIENCE)).hasSize(1);
    }
}
