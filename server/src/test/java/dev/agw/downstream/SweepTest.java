package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.http.HeadLimits;
import dev.agw.telemetry.Chore;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What fails at one connection or stream keeps no deadline of another from being enforced.
@Timeout(30)
class SweepTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int MANY = 8;

    /// Fails at every sweep over a connection of HTTP/2 that asks for nothing.
    private static TestPort flawed(Runnable failure) throws IOException {
        ConnectionLimits limits = new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                LONG,
                Duration.ofMillis(500),
                LONG,
                LONG,
                1000,
                new ConnectionLimits.Suspicion(100, SHORT, 0, LONG),
                ConnectionLimits.Http2.DEFAULT);
        TestPort port = new TestPort(limits, TestPort.ECHO);
        port.onRefusal = () -> {
            if (Thread.currentThread().getName().equals("agw-sweeper")) {
                failure.run();
            }
        };
        return port;
    }

    private static void deadlineHolds(Runnable failure) throws Exception {
        try (TestPort port = flawed(failure)) {
            List<FrameClient> silent = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    silent.add(FrameClient.connect(port.port.number()));
                }
                Eventually.until("sweeps fail", () -> port.failures(Chore.SWEEP) > MANY);
                try (RawClient slow = port.connect()) {
                    assertThat(slow.send("GET / HTTP/1.1\r\nHost:").answer().status())
                            .isEqualTo(408);
                }
            } finally {
                for (FrameClient client : silent) {
                    client.close();
                }
            }
        }
    }

    @Test
    void anExceptionAtOneConnectionLeavesTheDeadlineOfAnother() throws Exception {
        deadlineHolds(() -> {
            throw new IllegalStateException("for a test");
        });
    }

    @Test
    void anErrorAtOneConnectionLeavesTheDeadlineOfAnother() throws Exception {
        deadlineHolds(() -> {
            throw new NoClassDefFoundError("for a test");
        });
    }

    @Test
    void anErrorAtOneStreamLeavesTheDeadlineOfAnother() throws Exception {
        try (TestPort port = new TestPort(SweepTest::waitInVain);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/fails");
            Eventually.until("a sweep fails", () -> port.failures(Chore.SWEEP) > 0);
            client.get(3, "/waits");

            assertThat(client.body(3)).isEqualTo("IDLE_TIMEOUT");
        }
    }

    /// Waits for something that does not come, until it is cut.
    private static void waitInVain(Request request, Reply reply, Lifeline lifeline) throws IOException {
        Thread waiting = Thread.currentThread();
        lifeline.onCut(() -> {
            LockSupport.unpark(waiting);
            if (request.path().equals("/fails")) {
                throw new NoClassDefFoundError("for a test");
            }
        });
        lifeline.waiting(SHORT.toNanos(), Lifeline.Cut.IDLE_TIMEOUT);
        while (lifeline.cut() == null) {
            LockSupport.park(lifeline);
        }
        TestPort.text(reply, 200, String.valueOf(lifeline.cut()));
    }
}
