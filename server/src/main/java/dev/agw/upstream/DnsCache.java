package dev.agw.upstream;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * A request waits for the resolver only when nothing at all is known about a name, and then no longer than its
 * connect deadline. Otherwise it takes what is there; if that has expired, one look-up is started beside it.
 * Look-ups run on platform threads: the system's resolver is native code that would hold a carrier of virtual
 * threads for seconds.
 */
/// Remembers the addresses of names.
public final class DnsCache {
    private static final long FORGET = TimeUnit.MINUTES.toNanos(10);

    /// A name server may say that an answer does not count at all; then each call would ask.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Resolver resolver;
    private final Supplier<NameServerResolver> nameServers;
    private final ThreadFactory threads;
    private final LongSupplier clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile Settings settings;

    /// How long answers count.
    ///
    /// @param ttl how long addresses are taken without asking again
    /// @param negativeTtl how long a failure is
    /// @param maxStale how much longer than `ttl` addresses serve while the resolver fails
    /// @param maxNames most names that are remembered; for a further one the name goes that was asked for
    /// least lately
    /// @param respectTtl whether the name servers are asked how long an answer counts; `ttl` is for those that do
    /// not say it
    public record Settings(Duration ttl, Duration negativeTtl, Duration maxStale, int maxNames, boolean respectTtl) {
        /// 30 s, 5 s, 5 min, 10,000 names, whatever name servers say.
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMinutes(5), 10_000, false);
    }

    /// @param clock in the manner of `System::nanoTime`
    public DnsCache(Resolver resolver, Settings settings, LongSupplier clock) {
        this(resolver, settings, clock, new Housekeeping());
    }

    /// @param clock in the manner of `System::nanoTime`
    public DnsCache(Resolver resolver, Settings settings, LongSupplier clock, Housekeeping housekeeping) {
        this(resolver, () -> Default.NAME_SERVERS, threads(housekeeping), settings, clock);
    }

    DnsCache(Resolver resolver, Supplier<NameServerResolver> nameServers, Settings settings, LongSupplier clock) {
        this(resolver, nameServers, threads(new Housekeeping()), settings, clock);
    }

    DnsCache(
            Resolver resolver,
            Supplier<NameServerResolver> nameServers,
            ThreadFactory threads,
            Settings settings,
            LongSupplier clock) {
        this.resolver = resolver;
        this.nameServers = nameServers;
        this.threads = threads;
        this.settings = settings;
        this.clock = clock;
    }

    private static ThreadFactory threads(Housekeeping housekeeping) {
        return Thread.ofPlatform()
                .daemon()
                .uncaughtExceptionHandler((thread, failure) -> housekeeping.failed(Chore.DNS, failure))
                .factory();
    }

    /// From now on answers, also those that are known already, count for as long as `other` says.
    public void settings(Settings other) {
        settings = other;
    }

    /// The addresses of `host`; empty if it has none or they could not be found within `patience`.
    public List<InetAddress> addresses(String host, Duration patience) {
        long now = clock.getAsLong();
        Entry known = entries.get(host);
        Entry entry = known == null ? added(host, now) : known;
        entry.usedAt = now;
        return entry.addresses(now, patience);
    }

    /// Names are few and new ones rare, so looking at all of them for the oldest is cheap enough.
    private Entry added(String host, long now) {
        while (entries.size() >= settings.maxNames && !entries.containsKey(host)) {
            entries.values().stream()
                    .min(Comparator.comparingLong(entry -> entry.usedAt - now))
                    .ifPresent(oldest -> entries.remove(oldest.host, oldest));
        }
        return entries.computeIfAbsent(host, name -> new Entry(name, now));
    }

    /// Names that are remembered.
    int size() {
        return entries.size();
    }

    /// Forgets names that nobody asked for in a while.
    public void sweep(long now) {
        entries.values().removeIf(entry -> now - entry.usedAt > FORGET);
    }

    /// What is known of a name.
    ///
    /// @param found without addresses if the last look-up failed and nothing older may serve
    /// @param foundAt when the addresses were found
    /// @param askedAt when the last look-up ended
    /// @param failed whether that one found nothing
    private record Answer(Resolution found, long foundAt, long askedAt, boolean failed) {
        List<InetAddress> addresses() {
            return found.addresses();
        }

        boolean due(long now, Settings settings) {
            Duration time = failed ? settings.negativeTtl : lifetime(settings);
            return now - askedAt >= time.toNanos();
        }

        Duration lifetime(Settings settings) {
            return found.lifetime()
                    .filter(said -> settings.respectTtl)
                    .map(said -> said.compareTo(SHORTEST) < 0 ? SHORTEST : said)
                    .orElse(settings.ttl);
        }
    }

    /// Made when it is used for the first time: few ask for it.
    private static final class Default {
        static final NameServerResolver NAME_SERVERS = new NameServerResolver();
    }

    private final class Entry {
        private final String host;
        private final AtomicReference<@Nullable CountDownLatch> lookup = new AtomicReference<>();
        private volatile @Nullable Answer answer;
        private volatile long usedAt;

        Entry(String host, long now) {
            this.host = host;
            this.usedAt = now;
        }

        List<InetAddress> addresses(long now, Duration patience) {
            Answer known = answer;
            if (known == null || known.due(now, settings)) {
                CountDownLatch pending = ask(known);
                if (known == null || !mayServe(known, now)) {
                    return awaited(pending, patience);
                }
            }
            return known.addresses();
        }

        private boolean mayServe(Answer known, long now) {
            Settings current = settings;
            return !known.addresses().isEmpty()
                    && now - known.foundAt
                            < known.lifetime(current).plus(current.maxStale).toNanos();
        }

        private List<InetAddress> awaited(CountDownLatch pending, Duration patience) {
            try {
                if (!pending.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    return List.of();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Answer found = answer;
            return found == null || !mayServe(found, clock.getAsLong()) ? List.of() : found.addresses();
        }

        /// One look-up for all who found `known` too old, also for who comes when it has just ended.
        private CountDownLatch ask(@Nullable Answer known) {
            CountDownLatch running = lookup.get();
            if (running != null) {
                return running;
            }
            CountDownLatch mine = new CountDownLatch(1);
            CountDownLatch other = lookup.compareAndExchange(null, mine);
            if (other != null) {
                return other;
            }
            if (Objects.equals(answer, known)) {
                start(mine);
            } else {
                end(mine);
            }
            return mine;
        }

        /// A process that may have no more threads now may have one later.
        private void start(CountDownLatch mine) {
            boolean started = false;
            try {
                Thread thread = threads.newThread(() -> resolve(mine));
                thread.setName("dns " + host);
                thread.start();
                started = true;
            } finally {
                if (!started) {
                    end(mine);
                }
            }
        }

        private void resolve(CountDownLatch done) {
            try {
                Resolution found =
                        settings.respectTtl ? nameServers.get().resolve(host) : Resolution.of(resolver.resolve(host));
                long now = clock.getAsLong();
                answer = new Answer(found, now, now, false);
            } catch (UnknownHostException nothing) {
                answer = failed();
            } catch (RuntimeException | Error e) {
                answer = failed();
                throw e; // it ends the thread, which tells it
            } finally {
                end(done);
            }
        }

        private void end(CountDownLatch done) {
            lookup.set(null);
            done.countDown();
        }

        private Answer failed() {
            long now = clock.getAsLong();
            Answer known = answer;
            return known != null && mayServe(known, now)
                    ? new Answer(known.found, known.foundAt, now, true)
                    : new Answer(Resolution.of(List.of()), now, now, true);
        }
    }
}
