package dev.agw.telemetry;

/// How full the heap is, as far as objects are meant that last.
interface HeapReading {
    /// Whether so little is used that there is nothing to look at. Cheap.
    boolean low();

    /// Use of the part for objects that last, in percent, as far as can be told: unreachable objects count until
    /// they are collected, young ones as it has to be expected.
    double percent();

    /// Collects garbage, so that [#percent] tells the truth.
    void collect();
}
