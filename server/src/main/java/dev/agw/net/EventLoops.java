package dev.agw.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The event loops of the process, one per core. Like the JDK's own scheduler they are never closed: their threads are
/// daemons.
public final class EventLoops {
    private static final AtomicInteger TURN = new AtomicInteger();
    private static final List<EventLoop> LOOPS = IntStream.range(
                    0, Runtime.getRuntime().availableProcessors())
            .mapToObj(EventLoop::new)
            .toList();

    private EventLoops() {}

    /// Starts a virtual thread for a connection, on one loop after the other.
    public static void start(Runnable connection) {
        next().start(connection);
    }

    /// How many there are.
    public static int count() {
        return LOOPS.size();
    }

    /// Whether virtual threads run on the loops; otherwise the loops wait for sockets only.
    public static boolean carry() {
        return VirtualThreads.placed();
    }

    /// Virtual threads that could go on and wait for their turn on a loop.
    public static int queued() {
        return LOOPS.stream().mapToInt(EventLoop::queued).sum();
    }

    /// How often loops failed, and went on.
    public static long failures() {
        return LOOPS.stream().mapToLong(EventLoop::failures).sum();
    }

    static EventLoop next() {
        return LOOPS.get(Math.floorMod(TURN.getAndIncrement(), LOOPS.size()));
    }
}
