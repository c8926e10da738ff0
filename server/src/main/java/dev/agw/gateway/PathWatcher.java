package dev.agw.gateway;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/*
 * Events of the file system say that something happened, not that it is over: an editor writes a file in several steps,
 * and Kubernetes swaps the symbolic link `..data` under an unchanged folder. So the follower looks at once, and is asked
 * again as soon as it wants to be: what it has seen and worked out counts if nothing more has happened by then. The
 * work falls into the time that has to be waited anyway.
 *
 * A look at everything, every two to ten seconds, stands in where events do not come (network file systems, links that
 * lead far away).
 */
/// Has a follower look when something happens at a path.
final class PathWatcher implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(PathWatcher.class.getName());
    private static final long SHORTEST_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    /// Looks at everything take that part of the time at most, where the longest pause allows it.
    private static final int SHARE = 200;

    private final Follower follower;
    private final Housekeeping housekeeping;
    private final FolderEvents events;
    private Optional<Duration> soon = Optional.empty();
    private long nextLook = System.nanoTime();
    private volatile boolean closed;

    /// Starts to watch.
    ///
    /// @param path a file or a folder
    /// @param follower runs on the watcher's thread; a failure of it is counted and the watch goes on
    /// @throws IOException the path cannot be watched
    PathWatcher(Path path, Follower follower, Housekeeping housekeeping) throws IOException {
        this.follower = follower;
        this.housekeeping = housekeeping;
        this.events = new FolderEvents(path);
        Thread.ofPlatform().daemon().name("agw-config-watcher").start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        try {
            events.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "closing the watch failed", e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (ClosedWatchServiceException closing) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException | Error e) {
                soon = Optional.empty();
                nextLook = System.nanoTime() + SHORTEST_PAUSE; // whatever was missed is found then
                housekeeping.failed(Chore.CONFIG, e);
            }
        }
    }

    private void follow() throws IOException, InterruptedException {
        Touched touched = events.await(soon.orElseGet(this::untilLook));
        if (soon.isPresent() || !touched.equals(Touched.NOTHING)) {
            soon = follower.look(touched);
        }
        if (soon.isEmpty() && untilLook().isZero()) {
            lookAtAll();
        }
    }

    private Duration untilLook() {
        return Duration.ofNanos(Math.max(0, nextLook - System.nanoTime()));
    }

    private void lookAtAll() throws IOException {
        long begin = System.nanoTime();
        nextLook = begin + SHORTEST_PAUSE;
        events.renew();
        soon = follower.look(Touched.PERHAPS_ANYTHING);
        long end = System.nanoTime();
        nextLook = end + pauseAfter(end - begin);
    }

    /// Not by [Duration#multipliedBy]: it reckons in BigDecimal, whose first use takes a process 20 ms.
    private static long pauseAfter(long look) {
        return Math.clamp(look * SHARE, SHORTEST_PAUSE, LONGEST_PAUSE);
    }
}
