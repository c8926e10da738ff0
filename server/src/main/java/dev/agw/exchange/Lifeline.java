package dev.agw.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * Blocking reads on virtual threads take no timeouts: a timed read costs a timer entry each and showed as 7 % of the CPU. So
 * a thread that is about to wait writes down until when (one ordered store), and one sweeper looks over all lifelines every
 * few milliseconds and cuts those that are late by closing what they wait on; the blocked read then throws, and its thread
 * asks cut() why. The same cut ends an exchange whose client left or whose drain deadline passed.
 *
 * Two deadlines count: that of the step being waited for, and that of the whole exchange. Cutting happens by compare-and-set;
 * whoever wins runs the closer. A closer registered after the cut runs at once, so nothing is missed. A cut that ends the
 * exchange takes the place of one that does not, and is never taken back: it is told once.
 */
/// What can end an exchange from outside: deadlines, the client leaving, shutdown.
///
/// The exchange's own thread announces waits and registers what to close; any other thread may [#cut].
public final class Lifeline {
    /// Why an exchange was cut.
    public enum Cut {
        CLIENT_GONE,
        CONNECT_TIMEOUT,
        /// The whole request took longer than the route's `timeouts.request`.
        REQUEST_TIMEOUT,
        /// One call to a backend took longer than the route's `timeouts.backendRequest` until its response head.
        BACKEND_TIMEOUT,
        /// No first token or byte of the answer in time.
        FIRST_TOKEN_TIMEOUT,
        /// Nothing came for too long in the middle of a body.
        IDLE_TIMEOUT,
        /// The client sent its request too slowly.
        REQUEST_READ_TIMEOUT,
        SHUTDOWN;

        /// Whether the whole exchange ends with it; after the others another attempt may follow.
        public boolean endsExchange() {
            return switch (this) {
                case CONNECT_TIMEOUT, BACKEND_TIMEOUT -> false;
                case CLIENT_GONE, REQUEST_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, REQUEST_READ_TIMEOUT, SHUTDOWN ->
                    true;
            };
        }
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final VarHandle CUT;

    static {
        try {
            CUT = MethodHandles.lookup().findVarHandle(Lifeline.class, "cut", Cut.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long start;
    private final Runnable onEnd;
    private volatile long stepDeadline = NEVER;
    private volatile Cut stepCut = Cut.IDLE_TIMEOUT;
    private volatile long totalDeadline = NEVER;
    private volatile long silenceDeadline = NEVER;
    private volatile @Nullable Runnable closer;
    private volatile @Nullable Cut cut;
    private long waitStart;
    private long waited;

    /// @param startNanos `System.nanoTime()` at the arrival of the request
    public Lifeline(long startNanos) {
        this(startNanos, () -> {});
    }

    /// @param startNanos `System.nanoTime()` at the arrival of the request
    /// @param onEnd runs at a cut that ends the exchange, whatever is registered: unblocks a read from the client
    public Lifeline(long startNanos, Runnable onEnd) {
        this.start = startNanos;
        this.onEnd = onEnd;
    }

    /// `System.nanoTime()` at the arrival of the request.
    public long start() {
        return start;
    }

    /// Bounds the whole exchange, counted from its arrival; zero or less leaves it unbounded.
    public void limit(long nanosFromStart) {
        totalDeadline = nanosFromStart <= 0 ? NEVER : nanosFromStart;
    }

    /// Says that this thread is about to wait for somebody, for at most `nanos` (zero or less: without bound).
    public void waiting(long nanos, Cut onTimeout) {
        waitStart = System.nanoTime();
        if (nanos > 0) {
            stepCut = onTimeout;
            stepDeadline = waitStart - start + nanos;
        }
    }

    /// Says that the wait is over, and adds it to [#waited].
    public void resume() {
        waited += System.nanoTime() - waitStart;
        stepDeadline = NEVER;
    }

    /// Bounds a silence, whatever else is being waited for; zero or less takes the bound back. For exchanges of which
    /// two threads wait at a time.
    ///
    /// @param now in `System.nanoTime()`
    public void silentFrom(long now, long nanos) {
        silenceDeadline = nanos <= 0 ? NEVER : now - start + nanos;
    }

    /// Adds time that the exchange's thread waited without [#waiting] having been called.
    public void alsoWaited(long nanos) {
        waited += nanos;
    }

    /// Nanoseconds that this exchange spent waiting for its client and its backend.
    public long waited() {
        return waited;
    }

    /// Registers what unblocks this exchange's thread: closing the connection it waits on. Null takes it back.
    ///
    /// Runs at once if the exchange has been cut already.
    public void onCut(@Nullable Runnable close) {
        closer = close;
        if (close != null && cut != null) {
            close.run();
        }
    }

    /// Cuts the exchange, unless it has been cut for as good a reason; true if this call did it. Safe from any
    /// thread.
    public boolean cut(Cut why) {
        Cut before = cut;
        while (before == null || (why.endsExchange() && !before.endsExchange())) {
            if (CUT.compareAndSet(this, before, why)) {
                end(why);
                return true;
            }
            before = cut;
        }
        return false;
    }

    private void end(Cut why) {
        try {
            if (why.endsExchange()) {
                onEnd.run();
            }
        } finally { // told once: whoever waits for it would wait for good
            Runnable close = closer;
            if (close != null) {
                close.run();
            }
        }
    }

    /// Takes a cut back that does not end the exchange, so that another attempt may follow one that timed out. Only
    /// the exchange's own thread calls this.
    public void mend() {
        closer = null;
        stepDeadline = NEVER;
        Cut now = cut;
        if (now != null && !now.endsExchange()) {
            CUT.compareAndSet(this, now, null);
        }
    }

    /// Why the exchange was cut; null while it lives.
    public @Nullable Cut cut() {
        return cut;
    }

    /// Cuts the exchange if one of its deadlines has passed. For the sweeper.
    public void sweep(long now) {
        long age = now - start;
        if (age >= totalDeadline) {
            cut(Cut.REQUEST_TIMEOUT);
        } else if (age >= stepDeadline) {
            cut(stepCut);
        } else if (age >= silenceDeadline) {
            cut(Cut.IDLE_TIMEOUT);
        }
    }
}
