package dev.agw.cli.load;

import java.time.Duration;
import java.util.List;

/// What load is sent, where to, and for how long.
public record Plan(ChatUrl url, Ask ask, Pace pace) {
    /// What is asked for.
    ///
    /// @param model as the gateway's clients name it
    /// @param maxTokens most tokens of an answer
    /// @param fields further header fields, each as `Name: value`
    public record Ask(boolean stream, String model, int maxTokens, List<String> fields) {
        public Ask {
            fields = List.copyOf(fields);
            if (maxTokens < 1) {
                throw LoadException.wrong("--max-tokens must be at least 1");
            }
            if (fields.stream().anyMatch(field -> field.indexOf(':') < 1)) {
                throw LoadException.wrong("--header needs a name and a value: 'Authorization: Bearer ...'");
            }
        }
    }

    /// How much, and for how long.
    ///
    /// @param rate arrivals per second, at equal distances
    /// @param warmUp how long arrivals are not measured at first
    /// @param duration how long they are measured then
    /// @param concurrency most requests under way; an arrival beyond is dropped and counted
    /// @param timeout of one request, from its start to the end of its answer
    public record Pace(double rate, Duration warmUp, Duration duration, int concurrency, Duration timeout) {
        private static final double HIGHEST_RATE = 100_000;

        public Pace {
            if (!(rate > 0 && rate <= HIGHEST_RATE)) {
                throw LoadException.wrong("--rate must be above 0 and at most 100000 requests per second");
            }
            if (duration.isZero() || timeout.isZero()) {
                throw LoadException.wrong("--duration and --timeout must be above 0");
            }
            if (concurrency < 1) {
                throw LoadException.wrong("--concurrency must be at least 1");
            }
        }

        /// How many requests arrive in that time.
        long arrivals(Duration time) {
            return Math.round(rate * time.toNanos() / 1e9);
        }

        /// When arrival `number` is to start, in nanoseconds from the first one.
        long offset(long number) {
            return Math.round(number * 1e9 / rate);
        }
    }
}
