package dev.agw.telemetry;

import java.util.concurrent.locks.LockSupport;

/*
 * What a collector leaves lying counts as used until it is collected, and a serial collector does that only when nothing else
 * helps: then it is too late to refuse work. So a reading above the threshold has to be proven by a collection before work is
 * refused, and one is needed to find that there is room again. Collections take at most a twentieth of the time, or a fifth
 * when the heap is full to the upper threshold; requests that come before the next one may be due are refused unproven then.
 */
/// Watches the heap and says what must be turned away before it overflows. Looks on a thread of its own.
public final class HeapPressure implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(HeapPressure.class.getName());
    private static final long LOOK_NANOS = 50_000_000;
    private static final long LOOK_CLOSELY_NANOS = 5_000_000;
    private static final long LEAST_PAUSE = 50_000_000;
    private static final int PAUSE_PER_COLLECTION = 20;
    private static final int PAUSE_IN_NEED = 4;
    /// How far, in percent of the heap, the use has to sink below a threshold before work is taken again.
    private static final int RELIEF = 5;

    /// What is turned away.
    public enum Level {
        NOTHING(0),
        REQUESTS(1),
        CONNECTIONS(2);

        private final int figure;

        Level(int figure) {
            this.figure = figure;
        }

        /// As metrics show it.
        int figure() {
            return figure;
        }
    }

    private final HeapReading heap;
    private final Housekeeping housekeeping;
    private final int forRequests;
    private final int forConnections;
    private volatile Level level = Level.NOTHING;
    private volatile boolean closed;
    private long pause = LOOK_CLOSELY_NANOS;
    private long collected;
    private long took;

    HeapPressure(HeapReading heap, int forRequests, int forConnections, Housekeeping housekeeping) {
        this.heap = heap;
        this.housekeeping = housekeeping;
        this.forRequests = forRequests;
        this.forConnections = Math.max(forRequests, forConnections);
    }

    /// Watches the heap of this JVM.
    ///
    /// @param forRequests use in percent from which on new requests are refused; 100 or more is never
    /// @param forConnections use in percent from which on new connections are refused, too
    public static HeapPressure watch(int forRequests, int forConnections, Housekeeping housekeeping) {
        return new HeapPressure(new JvmHeap(), forRequests, forConnections, housekeeping).begun();
    }

    /// Looks from now on, on a thread of its own.
    HeapPressure begun() {
        Thread.ofPlatform().daemon().name("agw-heap").start(this::run);
        return this;
    }

    public boolean refusesRequests() {
        return level != Level.NOTHING;
    }

    public boolean refusesConnections() {
        return level == Level.CONNECTIONS;
    }

    Level level() {
        return level;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(pause);
            try {
                look(System.nanoTime());
                pause = heap.low() ? LOOK_NANOS : LOOK_CLOSELY_NANOS;
            } catch (RuntimeException | Error e) {
                housekeeping.failed(Chore.HEAP, e);
            }
        }
    }

    /// Looks at the heap once.
    ///
    /// @param now `System.nanoTime()`
    void look(long now) {
        double used = heap.low() ? 0 : heap.percent();
        if (used >= threshold() && mayCollect(now, used)) {
            collect(now);
            become(by(heap.percent()), heap.percent());
        } else if (used < threshold()) {
            become(Level.NOTHING, used);
        } else if (used >= forConnections && level == Level.NOTHING) {
            become(Level.REQUESTS, used);
        }
    }

    /// Below it everything is taken, without any doubt.
    private double threshold() {
        return level == Level.NOTHING ? forRequests : forRequests - RELIEF;
    }

    private boolean mayCollect(long now, double used) {
        long pause = took * (used >= forConnections ? PAUSE_IN_NEED : PAUSE_PER_COLLECTION);
        return took == 0 || now - collected >= Math.max(LEAST_PAUSE, pause);
    }

    private void collect(long now) {
        long start = System.nanoTime();
        heap.collect();
        took = Math.max(1, System.nanoTime() - start);
        collected = now + took;
    }

    /// Connections go only where refusing requests has not helped: a client that is let in hears why it is refused.
    private Level by(double proven) {
        if (level != Level.NOTHING && proven >= forConnections - (level == Level.CONNECTIONS ? RELIEF : 0)) {
            return Level.CONNECTIONS;
        }
        return proven >= threshold() ? Level.REQUESTS : Level.NOTHING;
    }

    private void become(Level next, double used) {
        Level before = level;
        if (before == next) {
            return;
        }
        level = next;
        System.Logger.Level weight = next == Level.NOTHING ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
        LOGGER.log(weight, () -> "the heap is " + Math.round(used) + " % full of what lasts; " + words(next));
    }

    private static String words(Level level) {
        return switch (level) {
            case NOTHING -> "new requests are taken again";
            case REQUESTS -> "new requests are refused";
            case CONNECTIONS -> "new requests and new connections are refused";
        };
    }
}
