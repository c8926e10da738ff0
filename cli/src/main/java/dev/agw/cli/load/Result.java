package dev.agw.cli.load;

import java.util.Map;
import java.util.Optional;

/// What a run found.
///
/// @param rates within the interval that was measured
/// @param latency from the intended start to the end of the answer
/// @param firstToken from the intended start to the first token; streams only
/// @param gap between two tokens of a stream
/// @param lag by which requests went out late: time that this process itself lost, counted in the latencies
/// @param methods times of the requests of a session, by method; MCP only
/// @param gateway what its metrics say, where they were asked for
public record Result(
        Plan plan,
        Surroundings surroundings,
        Rates rates,
        Counts counts,
        Times latency,
        Times firstToken,
        Times gap,
        Times lag,
        Map<String, Times> methods,
        Optional<GatewayView> gateway) {

    public Result {
        methods = Map.copyOf(methods);
    }

    /// Where and when the load came from.
    ///
    /// @param date with time, UTC
    /// @param version of agw
    /// @param memoryBytes of the machine
    public record Surroundings(String date, String version, String java, int cores, long memoryBytes) {}

    /// Requests under way by Little's law: rate times mean time.
    public double lambdaTimesW() {
        return rates.answers() * latency.mean();
    }
}
