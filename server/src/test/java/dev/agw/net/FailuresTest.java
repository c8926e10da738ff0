package dev.agw.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.LogRecorder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final String LOG = FailuresTest.class.getName();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Failures failures = new Failures(System.getLogger(LOG), "a chore", now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            failures.add(new StackOverflowError("for a test"));
        }
    }

    @Test
    void eachIsCountedAndOneAMinuteIsLogged() {
        try (LogRecorder log = new LogRecorder(LOG)) {
            fail(1000);
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            fail(1000);
            now.addAndGet(Duration.ofMinutes(10).toNanos());
            fail(1);

            assertThat(failures.count()).isEqualTo(2001);
            assertThat(log.messages())
                    .containsExactly(
                            "a chore failed; it goes on",
                            "a chore failed; it goes on (1000 failures since it was last told)",
                            "a chore failed; it goes on (1000 failures since it was last told)");
        }
    }

    @Test
    void oneThatCannotBeLoggedIsCounted() {
        Logger logger = Logger.getLogger(LOG);
        Handler full = new Full();
        logger.addHandler(full);
        try {
            fail(1);
        } finally {
            logger.removeHandler(full);
        }
        assertThat(failures.count()).isEqualTo(1);
    }

    /// A log of a process that has no memory left.
    private static final class Full extends Handler {
        @Override
        public void publish(LogRecord message) {
            throw new OutOfMemoryError("for a test");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
