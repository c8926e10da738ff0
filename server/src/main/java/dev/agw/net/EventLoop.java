package dev.agw.net;

import dev.agw.http.Lender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/*
 * The JDK's scheduler and its pollers are different threads: a byte that comes wakes a poller, which wakes a carrier. Here
 * the thread that waits for sockets is the one that runs what waited, so a busy loop sleeps and wakes once for many
 * requests, and a connection stays on one core.
 */
/// One thread that runs virtual threads and, when none can go on, waits for their sockets.
public final class EventLoop implements Executor {
    private static final System.Logger LOGGER = System.getLogger(EventLoop.class.getName());
    private static final int RUN_BEFORE_LOOK = 64;
    private static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();

    private final Selector selector;
    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final SpareBuffer sealed = new SpareBuffer();
    private final SpareArray arrays = new SpareArray();

    private final int index;
    private final Failures failures;

    EventLoop(int index) {
        this.index = index;
        this.failures = new Failures(LOGGER, "event loop " + index);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("agw-loop-" + index).start(this::run);
    }

    /// The loop that the calling thread was started on; any other for threads that were started elsewhere.
    public static EventLoop current() {
        EventLoop own = CURRENT.get();
        return own == null ? EventLoops.next() : own;
    }

    /// Starts a virtual thread on this loop; the virtual threads that it starts run here, too.
    public void start(Runnable task) {
        VirtualThreads.on(this).start(() -> {
            CURRENT.set(this);
            task.run();
        });
    }

    /// Has a virtual thread go on; called by the JDK.
    @Override
    public void execute(Runnable task) {
        ready.add(task);
        wake();
    }

    /// Virtual threads that could go on and wait for their turn.
    int queued() {
        return ready.size();
    }

    /// How often something failed on it that is nobody's request.
    long failures() {
        return failures.count();
    }

    /// Its place among the loops of the process, from 0.
    public int index() {
        return index;
    }

    /// For a TLS record on its way out.
    SpareBuffer sealed() {
        return sealed;
    }

    /// For what its connections read.
    public Lender arrays() {
        return arrays;
    }

    Selector selector() {
        return selector;
    }

    /// Has the loop see what was changed for its sockets.
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            VirtualThreads.pinned(selector::wakeup);
        }
    }

    private void run() {
        while (true) {
            try {
                runReady();
                look();
            } catch (IOException | RuntimeException | Error e) {
                failures.add(e);
            }
        }
    }

    private void runReady() {
        for (int i = 0; i < RUN_BEFORE_LOOK; i++) {
            Runnable task = ready.poll();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    private void look() throws IOException {
        asleep.set(true);
        if (ready.isEmpty()) {
            selector.select(this::dispatch);
        } else {
            selector.selectNow(this::dispatch);
        }
        asleep.set(false);
    }

    /// Who goes on now finds the loop awake: it needs no call that would end its next wait at once.
    private void dispatch(SelectionKey key) {
        asleep.setPlain(false);
        Readiness readiness = (Readiness) key.attachment();
        try {
            readiness.ready(key);
        } catch (CancelledKeyException closedMeanwhile) {
            readiness.wakeAll();
        } catch (RuntimeException | Error e) {
            failures.add(e); // other sockets are ready, too
        }
    }
}
