package dev.agw.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameBucketTest {
    private final FrameBucket bucket = new FrameBucket(10, 2);
    private final long start = System.nanoTime();

    @Test
    void takesSoManyAtOnceAndThenSoManyPerSecond() {
        assertThat(taken(100, start)).isEqualTo(10);
        // one was too many, and counts
        assertThat(taken(100, start + Duration.ofMillis(3_100).toNanos())).isEqualTo(5);
    }

    @Test
    void whatWasEarnedMayBeSpentAtOnceHoweverMuchItIs() {
        bucket.add(2_000);

        assertThat(taken(1_000, start)).isEqualTo(1_000);
        assertThat(taken(5_000, start)).isEqualTo(1_010);
    }

    /// How many of so many frames may come.
    private int taken(int frames, long now) {
        int taken = 0;
        while (taken < frames && bucket.take(now)) {
            taken++;
        }
        return taken;
    }
}
