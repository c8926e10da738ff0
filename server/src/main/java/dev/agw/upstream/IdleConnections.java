package dev.agw.upstream;

import dev.agw.net.EventLoop;
import dev.agw.net.EventLoops;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * A stack per event loop: a connection whose loop is the one of its user's thread wakes it without a word between threads.
 * Other loops' connections are taken before a new one is made.
 */
/// The connections of a pool that nobody uses; the one that was used last is used next. Never makes a thread wait.
final class IdleConnections {
    private final int most;
    private final AtomicInteger size = new AtomicInteger();
    private final List<IdleStack> stacks =
            Stream.generate(() -> new IdleStack(size)).limit(EventLoops.count()).toList();

    /// @param most connections that are kept
    IdleConnections(int most) {
        this.most = most;
    }

    int size() {
        return size.get();
    }

    /// Keeps a connection; false if there are enough.
    boolean push(Connection connection, long now) {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            return false;
        }
        stacks.get(connection.transport().loop().index()).push(connection, now);
        return true;
    }

    /// A connection to use next; null if there is none.
    @Nullable
    Connection pop() {
        int own = EventLoop.current().index();
        for (int i = 0; i < stacks.size(); i++) {
            Connection connection = stacks.get((own + i) % stacks.size()).pop();
            if (connection != null) {
                return connection;
            }
        }
        return null;
    }

    /// Takes out all connections that have lain since a time that `tooOld` says yes to.
    void reap(LongPredicate tooOld, Consumer<Connection> reaped) {
        for (IdleStack stack : stacks) {
            stack.reap(tooOld, reaped);
        }
    }
}
