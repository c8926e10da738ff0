package dev.agw.upstream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/*
 * A Treiber stack: the connection used last is used next, so those that load does not need grow old and are
 * reaped. Taking a node out of the stack and taking its connection are two steps. The reaper only does the
 * second, wherever the node stands, and then unlinks it behind the head as far as it can; a node whose
 * unlinking is lost to a race stays behind empty and is skipped. No node is ever pushed twice, so a stale
 * `next` can bring back an empty node and nothing worse.
 */
/// Connections that nobody uses, last in, first out. Never makes a thread wait.
final class IdleStack {
    private final AtomicReference<@Nullable Node> head = new AtomicReference<>();
    private final AtomicInteger size;

    /// A place in the stack; true once its connection was taken.
    private static final class Node extends AtomicBoolean {
        private static final long serialVersionUID = 1L;
        private final transient Connection connection;
        private final long since;
        private transient volatile @Nullable Node next;

        Node(Connection connection, long since) {
            this.connection = connection;
            this.since = since;
        }

        boolean take() {
            return compareAndSet(false, true);
        }
    }

    /// @param size counts up and down with it
    IdleStack(AtomicInteger size) {
        this.size = size;
    }

    void push(Connection connection, long now) {
        Node node = new Node(connection, now);
        Node top;
        do {
            top = head.get();
            node.next = top;
        } while (!head.compareAndSet(top, node));
    }

    /// The connection that was pushed last; null if there is none.
    @Nullable
    Connection pop() {
        for (Node top = head.get(); top != null; top = head.get()) {
            if (head.compareAndSet(top, top.next) && top.take()) {
                size.decrementAndGet();
                return top.connection;
            }
        }
        return null;
    }

    /// Takes out all connections that have lain since a time that `tooOld` says yes to.
    void reap(LongPredicate tooOld, Consumer<Connection> reaped) {
        Node last = null;
        for (Node node = head.get(); node != null; node = node.next) {
            boolean taken = node.get();
            if (!taken && tooOld.test(node.since) && node.take()) {
                size.decrementAndGet();
                reaped.accept(node.connection);
                taken = true;
            }
            if (!taken) {
                last = node;
            } else if (last == null) {
                head.compareAndSet(node, node.next);
            } else {
                last.next = node.next;
            }
        }
    }
}
