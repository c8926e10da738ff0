package dev.agw.cli.sizing;

import dev.agw.cli.load.Figures;
import java.util.EnumMap;
import java.util.Map;

/// The numbers to size with, and where each comes from. Immutable.
///
/// @param durations of requests, for what a drain cuts off
public record Inputs(Map<Input, Reading> readings, Durations durations) {
    /// Beyond any gateway and any byte count; what is larger was mistyped.
    private static final double MOST = 1e15;

    /// Where a number comes from.
    public enum Source {
        GIVEN("given"),
        PROMETHEUS("measured, Prometheus"),
        BENCH("measured, bench"),
        VALUES("values"),
        DERIVED("derived"),
        DEFAULT("DEFAULT: say or measure it");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// A number and where it comes from.
    public record Reading(double value, Source source) {}

    public Inputs {
        readings = Map.copyOf(readings);
    }

    /// What is known, and for all else what is assumed.
    ///
    /// @throws SizingException the load itself is unknown, or a number makes no sense
    public static Inputs complete(Map<Input, Reading> known, Durations durations) {
        Map<Input, Reading> all = new EnumMap<>(Input.class);
        for (Input input : Input.values()) {
            all.put(input, known.getOrDefault(input, new Reading(input.byDefault(), Source.DEFAULT)));
        }
        double rate = required(all, Input.RATE, "--rate");
        double time = required(all, Input.TIME, "--time");
        derive(all, Input.TROUGH_RATE, rate / 4);
        derive(all, Input.IN_FLIGHT, rate * time);
        all.forEach(Inputs::check);
        return new Inputs(all, durations.known() ? durations : Durations.exponential(time));
    }

    private static double required(Map<Input, Reading> all, Input input, String option) {
        double value = all.getOrDefault(input, new Reading(Double.NaN, Source.DEFAULT)).value;
        if (Double.isNaN(value)) {
            throw new SizingException("the " + input.meaning() + " is not known: say it with " + option
                    + ", or have it read with --bench or --prometheus-url");
        }
        return value;
    }

    private static void derive(Map<Input, Reading> all, Input input, double value) {
        all.computeIfPresent(
                input, (any, known) -> Double.isNaN(known.value) ? new Reading(value, Source.DERIVED) : known);
    }

    private static void check(Input input, Reading reading) {
        boolean zero = switch (input) {
            case HEADROOM, MAX_UNAVAILABLE, GROWTH, PRE_STOP, DRAIN, TROUGH_RATE, IN_FLIGHT -> true;
            default -> false;
        };
        if (reading.value < 0 || (reading.value == 0 && !zero)) {
            throw new SizingException(input.meaning() + ": expected a number above 0, found " + reading.value);
        }
        if (reading.value > MOST && reading.value != input.byDefault()) {
            throw new SizingException(
                    input.meaning() + ": expected at most " + Figures.plain(MOST) + ", found " + reading.value);
        }
    }

    /// The number.
    public double get(Input input) {
        return reading(input).value;
    }

    Reading reading(Input input) {
        return readings.getOrDefault(input, new Reading(input.byDefault(), Source.DEFAULT));
    }

    /// The number as people read it.
    String text(Input input) {
        double value = get(input);
        if (Double.isInfinite(value)) {
            return "no limit";
        }
        return switch (input.unit()) {
            case NUMBER -> Figures.plain(value);
            case SECONDS -> Figures.seconds(value);
            case BYTES -> value < 1 << 20 ? Figures.plain(value / 1024) + " KiB" : Figures.bytes(value);
            case SHARE -> Figures.percent(value);
        };
    }
}
