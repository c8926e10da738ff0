package dev.agw.simulator;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The sessions that are open; the oldest goes when there are too many. Thread-safe.
final class McpSessions {
    private static final int MOST = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> open = new LinkedHashSet<>();

    /// Opens one.
    ///
    /// @param luck bits that its name is made of
    String begin(long luck) {
        String session = Dice.id("mcp-", luck);
        lock.lock();
        try {
            if (open.size() == MOST) {
                open.remove(open.iterator().next());
            }
            open.add(session);
        } finally {
            lock.unlock();
        }
        return session;
    }

    /// @throws McpException 404: there is no such session
    void check(String session) {
        lock.lock();
        try {
            known(open.contains(session));
        } finally {
            lock.unlock();
        }
    }

    /// @throws McpException 404: there is no such session
    void end(String session) {
        lock.lock();
        try {
            known(open.remove(session));
        } finally {
            lock.unlock();
        }
    }

    private static void known(boolean known) {
        if (!known) {
            throw McpException.of(404, McpException.INVALID_REQUEST, "there is no such session");
        }
    }
}
