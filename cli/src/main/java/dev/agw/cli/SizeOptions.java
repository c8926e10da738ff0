package dev.agw.cli;

import dev.agw.cli.sizing.Input;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The numbers that `agw size` can be given.
final class SizeOptions {
    @Option(names = "--rate", paramLabel = "NUMBER", description = "Requests per second at peak.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--time", paramLabel = "TIME", description = "Mean time of a request.")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--trough-rate",
            paramLabel = "NUMBER",
            description = "Requests per second at the quietest. Default: a quarter of --rate.")
    private Optional<Double> troughRate = Optional.empty();

    @Option(names = "--cpu-per-request", paramLabel = "TIME", description = "CPU time of a request. Default: 6ms.")
    private Optional<Duration> cpuPerRequest = Optional.empty();

    @Option(names = "--cpu", paramLabel = "NUMBER", description = "CPUs that a replica requests. Default: 1.")
    private Optional<Double> cpu = Optional.empty();

    @Option(names = "--cpu-target", paramLabel = "SHARE", description = "Use of CPU aimed at. Default: 0.65.")
    private Optional<Double> cpuTarget = Optional.empty();

    @Option(names = "--headroom", paramLabel = "SHARE", description = "Growth to have room for. Default: 0.3.")
    private Optional<Double> headroom = Optional.empty();

    @Option(
            names = "--streams-per-pod",
            paramLabel = "NUMBER",
            description = "Streams that a replica carries. Default: 400.")
    private Optional<Double> streamsPerPod = Optional.empty();

    @Option(
            names = "--bytes-per-stream",
            converter = ByteCount.class,
            paramLabel = "SIZE",
            description = "Memory of a stream. Default: 64Ki.")
    private Optional<Double> bytesPerStream = Optional.empty();

    @Option(
            names = "--memory",
            converter = ByteCount.class,
            paramLabel = "SIZE",
            description = "Memory limit of a replica. Default: 768Mi.")
    private Optional<Double> memory = Optional.empty();

    @Option(
            names = "--memory-base",
            converter = ByteCount.class,
            paramLabel = "SIZE",
            description = "Memory of an idle replica. Default: 256Mi.")
    private Optional<Double> memoryBase = Optional.empty();

    @Option(names = "--fd-limit", paramLabel = "NUMBER", description = "File descriptors of a replica. Default: 65536.")
    private Optional<Double> files = Optional.empty();

    @Option(
            names = "--provider-connections",
            paramLabel = "NUMBER",
            description = "Connections that the provider allows a replica.")
    private Optional<Double> connections = Optional.empty();

    @Option(names = "--zones", paramLabel = "NUMBER", description = "Zones. Default: 3.")
    private Optional<Double> zones = Optional.empty();

    @Option(
            names = "--max-unavailable",
            paramLabel = "NUMBER",
            description = "Replicas that a rollout takes away at a time. Default: 0.")
    private Optional<Double> away = Optional.empty();

    @Option(
            names = "--max-surge",
            paramLabel = "NUMBER",
            description = "Replicas that a rollout adds at a time. Default: 1.")
    private Optional<Double> surge = Optional.empty();

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Time until a new replica is available. Default: 20s.")
    private Optional<Duration> start = Optional.empty();

    @Option(
            names = "--scale-lag",
            paramLabel = "TIME",
            description = "Time from more load to more ready replicas. Default: 60s.")
    private Optional<Duration> lag = Optional.empty();

    @Option(names = "--growth", paramLabel = "SHARE", description = "Growth of the load per second. Default: 0.005.")
    private Optional<Double> growth = Optional.empty();

    @Option(names = "--pre-stop", paramLabel = "TIME", description = "Time of a preStop hook. Default: 0s.")
    private Optional<Duration> preStop = Optional.empty();

    @Option(names = "--drain", paramLabel = "TIME", description = "shutdown.max. Default: 60s.")
    private Optional<Duration> drain = Optional.empty();

    @Option(
            names = "--provider-tpm",
            paramLabel = "NUMBER",
            description = "Tokens per minute that the provider allows.")
    private Optional<Double> tokensPerMinute = Optional.empty();

    @Option(
            names = "--tokens-per-request",
            paramLabel = "NUMBER",
            description = "Tokens of a request, in and out. Default: 1500.")
    private Optional<Double> tokens = Optional.empty();

    /// Those that were given.
    Map<Input, Double> values() {
        Map<Input, Double> values = new EnumMap<>(Input.class);
        rate.ifPresent(value -> values.put(Input.RATE, value));
        time.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.TIME, value));
        troughRate.ifPresent(value -> values.put(Input.TROUGH_RATE, value));
        cpuPerRequest.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.CPU_PER_REQUEST, value));
        cpu.ifPresent(value -> values.put(Input.CPU_REQUEST, value));
        cpuTarget.ifPresent(value -> values.put(Input.CPU_TARGET, value));
        headroom.ifPresent(value -> values.put(Input.HEADROOM, value));
        streamsPerPod.ifPresent(value -> values.put(Input.STREAMS_PER_POD, value));
        bytesPerStream.ifPresent(value -> values.put(Input.BYTES_PER_STREAM, value));
        memory.ifPresent(value -> values.put(Input.MEMORY_LIMIT, value));
        memoryBase.ifPresent(value -> values.put(Input.MEMORY_BASE, value));
        files.ifPresent(value -> values.put(Input.FD_LIMIT, value));
        connections.ifPresent(value -> values.put(Input.PROVIDER_CONNECTIONS, value));
        zones.ifPresent(value -> values.put(Input.ZONES, value));
        away.ifPresent(value -> values.put(Input.MAX_UNAVAILABLE, value));
        surge.ifPresent(value -> values.put(Input.MAX_SURGE, value));
        start.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.START, value));
        lag.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.SCALE_LAG, value));
        growth.ifPresent(value -> values.put(Input.GROWTH, value));
        preStop.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.PRE_STOP, value));
        drain.map(SizeOptions::seconds).ifPresent(value -> values.put(Input.DRAIN, value));
        tokensPerMinute.ifPresent(value -> values.put(Input.PROVIDER_TPM, value));
        tokens.ifPresent(value -> values.put(Input.TOKENS_PER_REQUEST, value));
        return values;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
