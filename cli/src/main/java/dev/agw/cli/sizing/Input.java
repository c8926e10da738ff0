package dev.agw.cli.sizing;

/// A number that sizing needs.
public enum Input {
    /// Lambda.
    RATE("requests per second at peak", Unit.NUMBER, Double.NaN),
    /// W.
    TIME("mean time of a request", Unit.SECONDS, Double.NaN),
    TROUGH_RATE("requests per second at the quietest", Unit.NUMBER, Double.NaN),
    IN_FLIGHT("requests in flight at peak, as they were counted", Unit.NUMBER, Double.NaN),
    /// c.
    CPU_PER_REQUEST("CPU time of a request", Unit.SECONDS, 0.006),
    CPU_REQUEST("CPUs that a replica requests", Unit.NUMBER, 1),
    /// u.
    CPU_TARGET("use of CPU aimed at", Unit.SHARE, 0.65),
    /// h.
    HEADROOM("growth to have room for", Unit.SHARE, 0.3),
    /// S.
    STREAMS_PER_POD("streams that a replica carries before its overhead grows", Unit.NUMBER, 400),
    /// m.
    BYTES_PER_STREAM("memory of a stream", Unit.BYTES, 64 * 1024),
    MEMORY_LIMIT("memory limit of a replica", Unit.BYTES, 768.0 * 1024 * 1024),
    MEMORY_BASE("memory of an idle replica", Unit.BYTES, 256.0 * 1024 * 1024),
    FD_LIMIT("file descriptors of a replica", Unit.NUMBER, 65_536),
    PROVIDER_CONNECTIONS("connections that the provider allows a replica", Unit.NUMBER, Double.POSITIVE_INFINITY),
    /// Z.
    ZONES("zones", Unit.NUMBER, 3),
    MAX_UNAVAILABLE("replicas that a rollout takes away at a time", Unit.NUMBER, 0),
    MAX_SURGE("replicas that a rollout adds at a time", Unit.NUMBER, 1),
    START("time until a new replica counts as available, minReadySeconds included", Unit.SECONDS, 20),
    /// ts.
    SCALE_LAG("time from more load to more ready replicas", Unit.SECONDS, 60),
    /// g.
    GROWTH("growth of the load per second", Unit.SHARE, 0.005),
    PRE_STOP("preStop", Unit.SECONDS, 0),
    /// D.
    DRAIN("shutdown.max, the drain deadline", Unit.SECONDS, 60),
    PROVIDER_TPM("tokens per minute that the provider allows", Unit.NUMBER, Double.POSITIVE_INFINITY),
    TOKENS_PER_REQUEST("tokens of a request, in and out", Unit.NUMBER, 1500);

    /// How a value is printed.
    enum Unit {
        NUMBER,
        SECONDS,
        BYTES,
        SHARE
    }

    private final String meaning;
    private final Unit unit;
    private final double byDefault;

    Input(String meaning, Unit unit, double byDefault) {
        this.meaning = meaning;
        this.unit = unit;
        this.byDefault = byDefault;
    }

    /// In a few words.
    public String meaning() {
        return meaning;
    }

    Unit unit() {
        return unit;
    }

    /// What holds where nobody says more; NaN where nothing can be assumed.
    double byDefault() {
        return byDefault;
    }
}
