package dev.agw.telemetry;

/// How full the heap is, as far as objects are meant that last.
interface HeapReading {
    /// Whether so little is used that there is nothing to look at. Cheap.
    boolean low();

    /// Use of the part for objects that last, in percent; unreachable objects count until they are collected.
    double percent();

    /// Collects garbage, so that [#percent] tells the truth.
    void collect();
}
