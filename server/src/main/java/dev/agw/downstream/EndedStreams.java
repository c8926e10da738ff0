package dev.agw.downstream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/*
 * A client sends on until it has read our RST_STREAM, and what it sends meanwhile is no fault of its own (RFC 9113 §5.1,
 * "closed"). Streams that ended by themselves are remembered apart: a busy connection has many of them, and they must not
 * push those out of memory that somebody still sends on.
 */
/// Streams of one connection that ended lately, and what may still come for them.
final class EndedStreams {
    private static final int REMEMBERED = 256;
    private static final int REMEMBERED_RESETS = 1024;

    private final int allowance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Boolean> over = new Latest<>(REMEMBERED);
    private final Map<Integer, Integer> reset = new Latest<>(REMEMBERED_RESETS);

    /// @param window bytes that a client may have under way on a stream
    EndedStreams(int window) {
        this.allowance = window;
    }

    /// The client itself has ended the stream: nothing of it may follow.
    void over(int stream) {
        lock.lock();
        try {
            reset.remove(stream);
            over.put(stream, true);
        } finally {
            lock.unlock();
        }
    }

    /// We have ended the stream before the client did; of one that is known already nothing changes.
    void reset(int stream) {
        lock.lock();
        try {
            if (!over.containsKey(stream)) {
                reset.putIfAbsent(stream, allowance);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Our thread of a stream is through; of one that is known already nothing changes.
    ///
    /// @param whole whether the client had ended it
    void finished(int stream, boolean whole) {
        lock.lock();
        try {
            if (!whole) {
                reset(stream);
            } else if (!reset.containsKey(stream)) {
                over.put(stream, true);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether the stream is one of those.
    boolean known(int stream) {
        lock.lock();
        try {
            return over.containsKey(stream) || reset.containsKey(stream);
        } finally {
            lock.unlock();
        }
    }

    /// Notes DATA; whether it may have been sent before our RST_STREAM was read. Nothing follows the last.
    boolean tolerates(int stream, int bytes, boolean last) {
        lock.lock();
        try {
            int left = reset.getOrDefault(stream, -1) - bytes;
            if (left < 0) {
                return false;
            }
            if (last) {
                over(stream);
            } else {
                reset.put(stream, left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the eldest when there are too many.
    private static final class Latest<V> extends LinkedHashMap<Integer, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Latest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
            return size() > most;
        }
    }
}
