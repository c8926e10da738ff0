package dev.agw.simulator;

import java.time.Duration;

/// How a [Simulator] behaves.
///
/// @param host address to listen on
/// @param port port to listen on; 0 picks a free one
/// @param seed of everything that looks random: ids and which requests fail; the n-th request of a run meets the same
///     fate in every run
/// @param pace how fast answers come
/// @param length how long answers are
/// @param faults how often requests fail
/// @param usage whether answers tell token counts; some self-hosted servers don't
/// @param rateLimits whether every answer carries `x-ratelimit-*` fields; a 429 always does
/// @param gzip whether `Accept-Encoding: gzip` is honoured
/// @param recording how many of the last requests are kept for [RequestLog#seen]; 0 keeps none
/// @param watch how often a look at the socket tells whether a waiting client is still there
public record SimulatorSettings(
        String host,
        int port,
        long seed,
        Pace pace,
        Length length,
        FaultRates faults,
        boolean usage,
        boolean rateLimits,
        boolean gzip,
        int recording,
        Duration watch) {

    /// For tests: a free port of the loopback, no delays, no faults, nothing recorded.
    public static final SimulatorSettings DEFAULT = new SimulatorSettings(
            "127.0.0.1",
            0,
            1,
            Pace.NONE,
            Length.DEFAULT,
            FaultRates.NONE,
            true,
            false,
            false,
            0,
            Duration.ofMillis(100));

    /// For people who watch: 200 ms to the first token, 30 ms between tokens, 48 tokens.
    public static SimulatorSettings demo() {
        return DEFAULT.withPace(new Pace(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(30)))
                .withLength(new Length(48, 0));
    }

    /// Delays of one answer. An answer that is no stream takes as long as its stream would have taken.
    ///
    /// @param head before the head of the response
    /// @param firstToken between the head and the first event
    /// @param tokenGap between two tokens
    public record Pace(Duration head, Duration firstToken, Duration tokenGap) {
        /// No delays.
        public static final Pace NONE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /// How long answers are.
    ///
    /// @param tokens completion tokens of an answer, unless the request allows fewer
    /// @param bodyBytes exact size of a body that is no stream, reached by padding its text; 0 leaves it as it is
    public record Length(int tokens, int bodyBytes) {
        /// 24 tokens, bodies as they are.
        public static final Length DEFAULT = new Length(24, 0);
    }

    /// Shares of requests that fail, each 0 to 1, together at most 1.
    ///
    /// @param tooManyRequests status 429 with Retry-After
    /// @param serverError status 500
    /// @param unavailable status 503
    /// @param reset [Fault#RESET]
    /// @param hang [Fault#HANG]
    /// @param truncate [Fault#TRUNCATE]
    /// @param slowHead [Fault#SLOW_HEAD]
    public record FaultRates(
            double tooManyRequests,
            double serverError,
            double unavailable,
            double reset,
            double hang,
            double truncate,
            double slowHead) {
        /// Everything succeeds.
        public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0, 0);
    }

    public SimulatorSettings withPort(int other) {
        return new SimulatorSettings(
                host, other, seed, pace, length, faults, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withHost(String other) {
        return new SimulatorSettings(
                other, port, seed, pace, length, faults, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withSeed(long other) {
        return new SimulatorSettings(
                host, port, other, pace, length, faults, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withPace(Pace other) {
        return new SimulatorSettings(
                host, port, seed, other, length, faults, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withLength(Length other) {
        return new SimulatorSettings(host, port, seed, pace, other, faults, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withFaults(FaultRates other) {
        return new SimulatorSettings(host, port, seed, pace, length, other, usage, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withUsage(boolean other) {
        return new SimulatorSettings(host, port, seed, pace, length, faults, other, rateLimits, gzip, recording, watch);
    }

    public SimulatorSettings withRateLimits(boolean other) {
        return new SimulatorSettings(host, port, seed, pace, length, faults, usage, other, gzip, recording, watch);
    }

    public SimulatorSettings withGzip(boolean other) {
        return new SimulatorSettings(
                host, port, seed, pace, length, faults, usage, rateLimits, other, recording, watch);
    }

    public SimulatorSettings withRecording(int other) {
        return new SimulatorSettings(host, port, seed, pace, length, faults, usage, rateLimits, gzip, other, watch);
    }

    public SimulatorSettings withWatch(Duration other) {
        return new SimulatorSettings(host, port, seed, pace, length, faults, usage, rateLimits, gzip, recording, other);
    }
}
