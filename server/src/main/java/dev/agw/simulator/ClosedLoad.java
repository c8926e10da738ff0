package dev.agw.simulator;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Load without pauses: each connection sends its next request as soon as it has the answer to the last one. It finds
/// the most that a server can do; its latencies are those of a full server.
///
/// @param url where to post to
/// @param body the JSON of every request
record ClosedLoad(URI url, String body) {
    /// A connection that fails this often gives up, so that a server that is gone ends the run.
    private static final int MOST_ERRORS = 20;

    /// What came out; latencies in nanoseconds.
    ///
    /// @param errors requests without a complete answer of status 200
    record Result(long requests, long errors, double seconds, Histogram latencies) {
        String json() {
            return "{\"requests\":%d,\"errors\":%d,\"rps\":%.0f,\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_us\":%.1f}"
                    .formatted(requests, errors, requests / seconds, micros(0.5), micros(0.9), micros(0.99));
        }

        private double micros(double share) {
            return latencies.percentile(share) / 1000.0;
        }
    }

    private record Share(long errors, Histogram latencies) {}

    /// @throws IllegalStateException a connection failed for another reason than its server
    Result run(int connections, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        Histogram latencies = new Histogram();
        long errors = 0;
        for (Share share : Team.results(connections, () -> worker(end))) {
            latencies.add(share.latencies);
            errors += share.errors;
        }
        return new Result(latencies.total(), errors, (System.nanoTime() - start) / 1e9, latencies);
    }

    private Share worker(long end) {
        Histogram latencies = new Histogram();
        int errors = 0;
        while (errors < MOST_ERRORS && System.nanoTime() < end) {
            try (LoadClient client = new LoadClient(url, body)) {
                exchange(client, latencies, end);
            } catch (IOException failed) {
                errors++;
            }
        }
        return new Share(errors, latencies);
    }

    private static void exchange(LoadClient client, Histogram latencies, long end) throws IOException {
        for (long sent = System.nanoTime(); sent < end; ) {
            client.whole();
            long now = System.nanoTime();
            latencies.add(now - sent);
            sent = now;
        }
    }
}
