package dev.agw.cli.sizing;

import dev.agw.cli.operations.Deployment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// What the file of values says of a deployment.
public record ValuesInputs(Deployment deployment) {
    private static final double HUNDRED = 100;
    private static final double MILLIS = 1e3;

    /// The numbers that stand there.
    public Map<Input, Double> values() {
        Map<Input, Double> values = new EnumMap<>(Input.class);
        values.put(Input.CPU_REQUEST, deployment.resources().cpu().value().doubleValue());
        values.put(Input.MEMORY_LIMIT, deployment.resources().memory().value().doubleValue());
        values.put(Input.CPU_TARGET, deployment.autoscaling().cpuPercent() / HUNDRED);
        values.put(Input.ZONES, (double) deployment.placement().zones());
        values.put(Input.PRE_STOP, seconds(deployment.shutdown().preStop()));
        values.put(Input.DRAIN, seconds(deployment.shutdown().max()));
        values.put(Input.SCALE_LAG, lag());
        deployment
                .autoscaling()
                .connections()
                .ifPresent(most -> values.put(Input.STREAMS_PER_POD, most / Sizing.STREAM_USE));
        return values;
    }

    /// The autoscaler looks back before it acts; then a replica has to start.
    private double lag() {
        return seconds(deployment.autoscaling().up().stabilization()) + Input.START.byDefault();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / MILLIS;
    }
}
