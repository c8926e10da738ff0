package dev.agw.cli.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a result of `agw bench -o json` says of the load and its cost.
public record BenchInputs(Map<Input, Double> values, Durations durations) {
    private static final double MOST_LOST = 0.01;

    public BenchInputs {
        values = Map.copyOf(values);
    }

    /// Reads a file.
    ///
    /// @throws SizingException there is no such result
    public static BenchInputs read(Path file) {
        try {
            return of(new ObjectMapper().readTree(Files.readAllBytes(file)), file);
        } catch (IOException e) {
            throw new SizingException("no result of agw bench -o json in " + file + ": " + e.getMessage());
        }
    }

    private static BenchInputs of(JsonNode json, Path file) {
        if (json.path("schemaVersion").asInt() != 1 || !json.has("latency")) {
            throw new SizingException("no result of agw bench -o json in " + file);
        }
        checkAnswered(json.path("arrivals"), file);
        Map<Input, Double> values = new EnumMap<>(Input.class);
        put(values, Input.RATE, json.path("rate").path("offered").asDouble());
        put(values, Input.TIME, json.path("latency").path("mean").asDouble());
        put(values, Input.IN_FLIGHT, json.path("concurrency").path("mean").asDouble());
        put(
                values,
                Input.CPU_PER_REQUEST,
                json.path("gateway").path("cpuPerRequest").asDouble());
        List<Double> lengths = new ArrayList<>();
        json.path("latency").path("percentiles").forEach(length -> lengths.add(length.asDouble()));
        return new BenchInputs(values, Durations.of(lengths, "as benched"));
    }

    /// What failed cost little, and took any time.
    private static void checkAnswered(JsonNode arrivals, Path file) {
        long lost = arrivals.path("failed").asLong() + arrivals.path("dropped").asLong();
        long all = arrivals.path("sent").asLong() + arrivals.path("dropped").asLong();
        if (lost > MOST_LOST * all) {
            throw new SizingException(file + ": " + lost + " of " + all + " requests failed or were dropped, so it"
                    + " measured no load that was served; expected at most 1 %: bench with a lower rate");
        }
    }

    private static void put(Map<Input, Double> values, Input input, double value) {
        if (value > 0) {
            values.put(input, value);
        }
    }
}
