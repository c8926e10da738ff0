package dev.agw.cli.sizing;

import dev.agw.cli.exposition.Overrun;
import dev.agw.cli.load.Figures;
import dev.agw.cli.operations.Deployment.Autoscaling;
import java.util.ArrayList;
import java.util.List;

/// What a load needs.
///
/// @param inputs what it was worked out from
/// @param constraints in the order of the table
/// @param peak replicas at peak: the most that a constraint asks for
/// @param min of the HPA: for the quietest time, or for the peak if the HPA does not see what binds
/// @param max of the HPA
/// @param scaling what the HPA goes by
public record Sizing(Inputs inputs, List<Constraint> constraints, int peak, int min, int max, Scaling scaling) {
    /// The share of a replica's streams that it is meant to carry.
    static final double STREAM_USE = 0.7;

    private static final double MEMORY_USE = 0.75;
    private static final double FD_USE = 0.8;
    private static final double PORTS = 28_000;
    private static final int MAX_OVER_PEAK = 2;
    private static final double GRACE_MARGIN = 5;

    public Sizing {
        constraints = List.copyOf(constraints);
    }

    /// Works it out.
    ///
    /// @param values what the autoscaler goes by
    /// @throws SizingException a replica has no room for streams
    public static Sizing of(Inputs inputs, Autoscaling values) {
        List<Constraint> loads = loads(inputs, inputs.get(Input.RATE));
        List<Constraint> constraints = new ArrayList<>(loads);
        int most = most(constraints);
        constraints.add(zone(inputs, Math.max(most(constraints.subList(0, 3)), 1)));
        constraints.add(available(inputs));
        int needed = most(constraints);
        int away = (int) inputs.get(Input.MAX_UNAVAILABLE);
        constraints.add(new Constraint("rollout", "%d + %d away at a time".formatted(needed, away), needed + away));
        int peak = Math.max(most, needed + away);
        Scaling scaling = Scaling.of(inputs, values, loads);
        int trough = most(loads(inputs, inputs.get(Input.TROUGH_RATE)));
        int min = scaling.reaches() ? Math.max(available(inputs).replicas(), trough) : peak;
        return new Sizing(inputs, constraints, peak, min, Math.max(min, MAX_OVER_PEAK * peak), scaling);
    }

    private static int most(List<Constraint> constraints) {
        return constraints.stream().mapToInt(Constraint::replicas).max().orElse(1);
    }

    /// What grows with the load: CPU, streams and memory, then connections.
    private static List<Constraint> loads(Inputs inputs, double rate) {
        double grown = 1 + inputs.get(Input.HEADROOM);
        double streams = rate * inputs.get(Input.TIME) * grown;
        return List.of(
                cpu(inputs, rate * grown),
                streams(inputs, streams),
                memory(inputs, streams),
                connections(inputs, streams));
    }

    private static Constraint cpu(Inputs inputs, double rate) {
        double perRequest = inputs.get(Input.CPU_PER_REQUEST);
        double use = target(inputs);
        double cpus = inputs.get(Input.CPU_REQUEST);
        return new Constraint(
                "CPU",
                "%s/s x %s / (%s x %s CPU)"
                        .formatted(
                                Figures.plain(rate),
                                Figures.seconds(perRequest),
                                Figures.plain(use),
                                Figures.plain(cpus)),
                ceil(rate * perRequest / (use * cpus)));
    }

    private static Constraint streams(Inputs inputs, double streams) {
        double perPod = inputs.get(Input.STREAMS_PER_POD);
        return new Constraint(
                "streams",
                "%s / (0.7 x %s)".formatted(Figures.plain(streams), Figures.plain(perPod)),
                ceil(streams / (STREAM_USE * perPod)));
    }

    private static Constraint memory(Inputs inputs, double streams) {
        double each = inputs.get(Input.BYTES_PER_STREAM);
        double room = MEMORY_USE * inputs.get(Input.MEMORY_LIMIT) - inputs.get(Input.MEMORY_BASE);
        if (room <= 0) {
            throw new SizingException(
                    "a memory limit of " + inputs.text(Input.MEMORY_LIMIT) + " leaves no room for streams: "
                            + "three quarters of it must be more than " + inputs.text(Input.MEMORY_BASE));
        }
        return new Constraint(
                "memory",
                "%s x %s / (0.75 x %s - %s)"
                        .formatted(
                                Figures.plain(streams),
                                inputs.text(Input.BYTES_PER_STREAM),
                                inputs.text(Input.MEMORY_LIMIT),
                                inputs.text(Input.MEMORY_BASE)),
                ceil(streams * each / room));
    }

    private static Constraint connections(Inputs inputs, double streams) {
        double files = inputs.get(Input.FD_LIMIT) * FD_USE;
        double most = Math.min(Math.min(files, PORTS), inputs.get(Input.PROVIDER_CONNECTIONS));
        return new Constraint(
                "connections",
                "%s / min(0.8 x %s files, 28000 ports, provider: %s)"
                        .formatted(
                                Figures.plain(streams),
                                inputs.text(Input.FD_LIMIT),
                                inputs.text(Input.PROVIDER_CONNECTIONS)),
                ceil(streams / most));
    }

    private static Constraint zone(Inputs inputs, int needed) {
        int zones = (int) inputs.get(Input.ZONES);
        return zones < 2
                ? new Constraint("one zone lost", "1 zone: cannot be survived", needed)
                : new Constraint(
                        "one zone lost",
                        "%d x %d / %d".formatted(needed, zones, zones - 1),
                        ceil((double) needed * zones / (zones - 1)));
    }

    private static Constraint available(Inputs inputs) {
        int zones = (int) inputs.get(Input.ZONES);
        return new Constraint("availability", "max(2, %d zones)".formatted(zones), Math.max(2, zones));
    }

    /// Rounds up, but not over what floating point adds.
    private static int ceil(double replicas) {
        return Math.max(1, (int) Math.ceil(replicas - 1e-9));
    }

    /// Whether this one asks for as many as there will be.
    public boolean binds(Constraint constraint) {
        return constraint.replicas() == peak;
    }

    /// L: requests in flight at peak.
    public double inFlight() {
        return inputs.get(Input.RATE) * inputs.get(Input.TIME);
    }

    /// Requests per second that the provider's quota allows.
    public double providerRate() {
        return inputs.get(Input.PROVIDER_TPM) / (60 * inputs.get(Input.TOKENS_PER_REQUEST));
    }

    /// The share of requests in flight that a replica cuts off at its drain deadline.
    public Overrun lostShare() {
        return inputs.durations().overrun(inputs.get(Input.DRAIN));
    }

    /// How many those are, per replica that ends at peak.
    public double lostPerRestart() {
        return inFlight() / peak * lostShare().likely();
    }

    /// terminationGracePeriodSeconds.
    public int grace() {
        return (int) (Math.ceil(inputs.get(Input.PRE_STOP)) + Math.ceil(inputs.get(Input.DRAIN)) + GRACE_MARGIN);
    }

    /// The highest use of CPU that leaves time to scale.
    public double highestTarget() {
        return highestTarget(inputs);
    }

    /// Use of CPU for the HPA, which is what replicas are counted by, too.
    public double target() {
        return target(inputs);
    }

    private static double highestTarget(Inputs inputs) {
        return 1 / (1 + inputs.get(Input.GROWTH) * inputs.get(Input.SCALE_LAG));
    }

    private static double target(Inputs inputs) {
        return Math.min(inputs.get(Input.CPU_TARGET), highestTarget(inputs));
    }

    /// Seconds that a rollout takes, about.
    public double rolloutSeconds() {
        return Math.ceil(peak / inputs.get(Input.MAX_SURGE)) * inputs.get(Input.START) + inputs.get(Input.DRAIN);
    }

    /// Replicas beyond the count while others drain.
    public int drainingExtra() {
        return (int) (inputs.get(Input.MAX_SURGE) * Math.ceil(inputs.get(Input.DRAIN) / inputs.get(Input.START)));
    }
}
