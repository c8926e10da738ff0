package dev.agw.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLoopTest {
    @Test
    void runsVirtualThreadsItself() throws Exception {
        EventLoop loop = EventLoops.next();
        FutureTask<String> carrier =
                new FutureTask<>(() -> Thread.currentThread().toString());
        loop.start(carrier);
        assertThat(EventLoops.carry()).isTrue();
        assertThat(carrier.get()).startsWith("VirtualThread[").endsWith("@agw-loop-" + loop.index());
    }

    @Test
    void aThreadKnowsItsLoopAlsoAfterAWait() throws Exception {
        EventLoop loop = EventLoops.next();
        FutureTask<EventLoop> found = new FutureTask<>(() -> {
            Thread.sleep(1);
            return EventLoop.current();
        });
        loop.start(found);
        assertThat(found.get()).isSameAs(loop);
    }

    @Test
    void connectionsAreSpreadOverAllLoops() throws Exception {
        BlockingQueue<Integer> indices = new ArrayBlockingQueue<>(100);
        for (int i = 0; i < EventLoops.count(); i++) {
            EventLoops.start(() -> indices.add(EventLoop.current().index()));
        }
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < EventLoops.count(); i++) {
            seen.add(indices.poll(10, TimeUnit.SECONDS));
        }
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void threadsOfDifferentLoopsWakeEachOther() throws Exception {
        SynchronousQueue<Integer> there = new SynchronousQueue<>();
        SynchronousQueue<Integer> back = new SynchronousQueue<>();
        CountDownLatch done = new CountDownLatch(1);
        EventLoops.start(() -> echo(there, back));
        EventLoops.start(() -> {
            for (int i = 0; i < 10_000; i++) {
                put(there, i);
                take(back);
            }
            done.countDown();
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatFailDoNotEndTheLoopAndAreCounted() throws Exception {
        EventLoop loop = new EventLoop(98);
        loop.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        loop.execute(() -> {
            throw new StackOverflowError("thrown by a test");
        });
        FutureTask<Boolean> after = new FutureTask<>(() -> true);
        loop.start(after);
        assertThat(after.get()).isTrue();
        assertThat(loop.failures()).isEqualTo(2);
    }

    private static void echo(SynchronousQueue<Integer> from, SynchronousQueue<Integer> to) {
        for (int i = 0; i < 10_000; i++) {
            put(to, take(from));
        }
    }

    private static void put(SynchronousQueue<Integer> queue, int value) {
        try {
            queue.put(value);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int take(SynchronousQueue<Integer> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A monitor goes to a virtual thread that asked first, and it could not take it while its loop waits behind it.
    @Test
    void aLoopNeverWaitsForGoodBehindAThreadThatItRuns() throws Exception {
        EventLoop loop = new EventLoop(99);
        Object monitor = new Object();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger turns = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            Thread.ofPlatform().daemon().start(() -> keepTaking(monitor, over));
        }
        for (int i = 0; i < 20; i++) {
            loop.start(() -> keepTaking(monitor, over));
        }
        takeTurns(loop, monitor, turns, over);
        try {
            Eventually.until("the loop had its turns", () -> turns.get() > 100);
        } finally {
            over.set(true);
        }
    }

    private static void takeTurns(EventLoop loop, Object monitor, AtomicInteger turns, AtomicBoolean over) {
        loop.execute(() -> {
            take(monitor);
            turns.incrementAndGet();
            if (!over.get()) {
                takeTurns(loop, monitor, turns, over);
            }
        });
    }

    private static void keepTaking(Object monitor, AtomicBoolean over) {
        while (!over.get()) {
            VirtualThreads.pinned(() -> take(monitor));
            rest();
        }
    }

    private static void take(Object monitor) {
        synchronized (monitor) {
            spin(200);
        }
    }

    /// A virtual thread leaves its loop, another one only the monitor.
    private static void rest() {
        if (Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(1);
        } else {
            spin(100);
        }
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
