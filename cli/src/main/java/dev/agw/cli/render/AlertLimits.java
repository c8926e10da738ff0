package dev.agw.cli.render;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Amount.Unit;
import java.util.Optional;

/// Values with which an alert could never fire, or would for nothing.
final class AlertLimits {
    /// The fastest rate at which rules see a budget of errors burn: https://sre.google/workbook/alerting-on-slos/
    private static final double FASTEST_BURN = 14.4;

    private AlertLimits() {}

    /// What is wrong with a value of that name; empty if nothing is.
    static Optional<String> refusal(String name, Amount value) {
        return switch (name) {
            case "objective" -> objective(value);
            case "minEvents" -> value.value() < 1 ? wrong("at least 1", value) : Optional.empty();
            case "window", "period" -> value.value() <= 0 ? wrong("a time above 0", value) : Optional.empty();
            default -> share(value);
        };
    }

    /// Beyond, even a total outage would burn the budget too slowly.
    private static Optional<String> objective(Amount value) {
        double least = 1 - 1 / FASTEST_BURN;
        return value.value() <= least || value.value() >= 1
                ? wrong(
                        "a share above 93.06% and below 100%, as all errors there can be must burn 14.4 times the budget",
                        value)
                : Optional.empty();
    }

    private static Optional<String> share(Amount value) {
        return value.unit() == Unit.SHARE && (value.value() <= 0 || value.value() >= 1)
                ? wrong("a share above 0% and below 100%", value)
                : Optional.empty();
    }

    private static Optional<String> wrong(String expected, Amount found) {
        return Optional.of("expected " + expected + ", found \"" + found + "\"");
    }
}
