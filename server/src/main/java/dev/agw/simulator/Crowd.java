package dev.agw.simulator;

import dev.agw.http.MessageBody;
import dev.agw.net.EventLoops;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Many streams that are read at the same time, one connection each. Thread-safe.
final class Crowd implements AutoCloseable {
    /// Streams that are being opened at the same time: more would only queue in the server's backlog.
    private static final int OPENING = 64;

    private final URI url;
    private final String body;
    private final Semaphore opening = new Semaphore(OPENING);
    private final CountDownLatch started;
    private final LongAdder open = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final Queue<LoadClient> clients = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Crowd(URI url, String body, int streams) {
        this.url = url;
        this.body = body;
        this.started = new CountDownLatch(streams);
    }

    /// Opens `streams` streams and waits until each has had its first event, or failed, at most `longest`.
    static Crowd gather(URI url, String body, int streams, Duration longest) throws InterruptedException {
        Crowd crowd = new Crowd(url, body, streams);
        for (int i = 0; i < streams; i++) {
            crowd.opening.acquire();
            EventLoops.start(crowd::member);
        }
        if (!crowd.started.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            crowd.close();
        }
        return crowd;
    }

    /// Streams that had an event and did not end.
    long open() {
        return open.sum();
    }

    /// Streams that failed to open or that ended by themselves.
    long lost() {
        return lost.sum();
    }

    /// Events so far, all streams together.
    long events() {
        return events.sum();
    }

    @Override
    public void close() {
        closed = true;
        clients.forEach(LoadClient::close);
    }

    private void member() {
        boolean first = true;
        try (LoadClient client = new LoadClient(url, body)) {
            clients.add(client);
            MessageBody stream = client.open();
            for (int more = client.events(stream); more >= 0 && !closed; more = client.events(stream)) {
                events.add(more);
                if (first && more > 0) {
                    first = false;
                    open.increment();
                    arrived();
                }
            }
        } catch (IOException expected) {
            // counted below, unless it was us who closed it
        } finally {
            leave(first);
        }
    }

    private void arrived() {
        opening.release();
        started.countDown();
    }

    private void leave(boolean early) {
        if (!closed) {
            lost.increment();
        }
        if (early) {
            arrived();
        } else {
            open.decrement();
        }
    }
}
