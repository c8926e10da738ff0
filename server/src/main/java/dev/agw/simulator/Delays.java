package dev.agw.simulator;

import dev.agw.http.MessageBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/*
 * Both ends read System.nanoTime(), which on Linux and macOS is one clock for all processes of a machine.
 */
/// How long events take from the simulator to a reader on the same machine. They must come from its model `sim-clock`,
/// each with the time at which it was sent.
///
/// @param url where to post to
/// @param body the JSON of every request
record Delays(URI url, String body) {
    /// What came out; delays in nanoseconds.
    ///
    /// @param lost streams that failed, or ended before the time was over
    record Result(long lost, Histogram delays) {
        String json() {
            return "{\"events\":%d,\"lost\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}"
                    .formatted(delays.total(), lost, millis(0.5), millis(0.99), millis(1));
        }

        private double millis(double share) {
            return delays.percentile(share) / 1e6;
        }
    }

    /// Reads so many streams at once.
    ///
    /// @param warmUp time at the beginning that does not count: compilers work then
    /// @param time that counts
    Result run(int streams, Duration warmUp, Duration time) throws InterruptedException {
        long start = System.nanoTime() + warmUp.toNanos();
        long end = start + time.toNanos();
        Histogram delays = new Histogram();
        long lost = 0;
        for (Result share : Team.results(streams, () -> follow(start, end))) {
            delays.add(share.delays);
            lost += share.lost;
        }
        return new Result(lost, delays);
    }

    private Result follow(long start, long end) {
        Histogram delays = new Histogram();
        try (LoadClient client = new LoadClient(url, body)) {
            return new Result(read(client.open(), delays, start, end) ? 0 : 1, delays);
        } catch (IOException broken) {
            return new Result(1, delays);
        }
    }

    /// Whether the stream lasted to the end.
    private static boolean read(MessageBody stream, Histogram delays, long start, long end) throws IOException {
        ClockReader clock = new ClockReader();
        while (stream.next()) {
            long now = System.nanoTime();
            for (int at = stream.offset(); at < stream.offset() + stream.length(); at++) {
                long sent = clock.accept(stream.array()[at]);
                if (sent > 0 && now - start >= 0) {
                    delays.add(Math.max(0, now - sent));
                }
            }
            if (now - end > 0) {
                return true;
            }
        }
        return false;
    }
}
