package dev.agw.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What load is sent, where to, and for how long.
///
/// @param tool what MCP sessions call; empty for chat completions
public record Plan(LoadUrl url, Ask ask, Optional<ToolCall> tool, Pace pace) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Plan {
        if (tool.isPresent() && ask.stream()) {
            throw LoadException.wrong("--stream is for chat completions: whether an MCP server answers with a stream is"
                    + " its own choice; leave it out");
        }
    }

    /// A plan for chat completions.
    public Plan(LoadUrl url, Ask ask, Pace pace) {
        this(url, ask, Optional.empty(), pace);
    }

    /// What an MCP session calls.
    ///
    /// @param arguments as JSON
    /// @param calls how often per session
    public record ToolCall(String name, String arguments, int calls) {
        public ToolCall {
            if (calls < 1) {
                throw LoadException.wrong("--calls must be at least 1");
            }
            if (!object(arguments)) {
                throw LoadException.wrong("--arguments: expected an object of JSON, found " + arguments);
            }
        }

        private static boolean object(String text) {
            try {
                return JSON.readTree(text).isObject();
            } catch (JsonProcessingException wrong) {
                return false;
            }
        }

        /// `{"name": "echo", "arguments": {...}}`
        String params() {
            return "{\"name\":" + JsonNodeFactory.instance.textNode(name) + ",\"arguments\":" + arguments + "}";
        }
    }

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
