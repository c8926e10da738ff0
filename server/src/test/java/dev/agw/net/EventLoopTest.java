package dev.agw.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
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
    void aTaskThatFailsDoesNotEndTheLoop() throws Exception {
        EventLoop loop = EventLoops.next();
        loop.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        FutureTask<Boolean> after = new FutureTask<>(() -> true);
        loop.start(after);
        assertThat(after.get()).isTrue();
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
}
