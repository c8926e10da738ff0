package dev.agw.cli.load;

import java.util.Optional;
import java.util.function.Function;

/// Something of a result that can have a target.
enum Quantity {
    P50("p50", Unit.TIME, result -> time(result.latency(), Times::p50)),
    P95("p95", Unit.TIME, result -> time(result.latency(), Times::p95)),
    P99("p99", Unit.TIME, result -> time(result.latency(), Times::p99)),
    MAX("max", Unit.TIME, result -> time(result.latency(), Times::max)),
    TTFT_P50("ttft_p50", Unit.TIME, result -> time(result.firstToken(), Times::p50)),
    TTFT_P95("ttft_p95", Unit.TIME, result -> time(result.firstToken(), Times::p95)),
    TTFT_P99("ttft_p99", Unit.TIME, result -> time(result.firstToken(), Times::p99)),
    ITL_P95("itl_p95", Unit.TIME, result -> time(result.gap(), Times::p95)),
    RPS("rps", Unit.RATE, result -> Optional.of(result.rates().answers())),
    TOKENS("tokens", Unit.RATE, result -> Optional.of(result.rates().tokens())),
    COMPLETED(
            "completed", Unit.GOOD_SHARE, result -> Optional.of(result.counts().answeredShare())),
    ERRORS("errors", Unit.BAD_SHARE, result -> Optional.of(result.counts().failedShare())),
    DROPPED(
            "dropped",
            Unit.COUNT,
            result -> Optional.of((double) result.counts().dropped())),
    OVERHEAD_P99("overhead_p99", Unit.TIME, result -> result.gateway().map(GatewayView::overheadP99)),
    CPU("cpu", Unit.BAD_SHARE, result -> result.gateway().map(GatewayView::cpuShare)),
    MEMORY("memory", Unit.BAD_SHARE, result -> result.gateway().map(GatewayView::heapShare));

    /// How a target is written, and which side of it is good.
    enum Unit {
        TIME,
        RATE,
        GOOD_SHARE,
        BAD_SHARE,
        COUNT;

        boolean moreIsBetter() {
            return this == RATE || this == GOOD_SHARE;
        }

        boolean share() {
            return this == GOOD_SHARE || this == BAD_SHARE;
        }
    }

    private final String label;
    private final Unit unit;

    @SuppressWarnings("ImmutableEnumChecker") // readings hold no state
    private final Function<Result, Optional<Double>> reading;

    Quantity(String label, Unit unit, Function<Result, Optional<Double>> reading) {
        this.label = label;
        this.unit = unit;
        this.reading = reading;
    }

    private static Optional<Double> time(Times times, Function<Times, Double> which) {
        return times.any() ? Optional.of(which.apply(times)) : Optional.empty();
    }

    String label() {
        return label;
    }

    Unit unit() {
        return unit;
    }

    /// What a run takes that measures it.
    String needs() {
        return switch (this) {
            case TTFT_P50, TTFT_P95, TTFT_P99, ITL_P95 ->
                "it takes --stream, chat completions, and answers with tokens";
            case OVERHEAD_P99, CPU, MEMORY -> "it takes --metrics-url, and a gateway whose page has it";
            case P50, P95, P99, MAX, RPS, TOKENS, COMPLETED, ERRORS, DROPPED -> "it takes requests that are answered";
        };
    }

    /// Empty if the run did not measure it.
    Optional<Double> of(Result result) {
        return reading.apply(result);
    }

    /// A value as people read it.
    String text(double value) {
        return switch (unit) {
            case TIME -> Figures.seconds(value);
            case RATE -> Figures.plain(value) + "/s";
            case GOOD_SHARE, BAD_SHARE -> Figures.percent(value);
            case COUNT -> Figures.plain(value);
        };
    }
}
