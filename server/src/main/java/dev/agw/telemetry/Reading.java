package dev.agw.telemetry;

import java.util.function.DoubleSupplier;

/// A number that is looked up when the page is written. NaN leaves the line out: this machine cannot tell.
record Reading(DoubleSupplier source) implements Cell {
    @Override
    public void write(ByteText page, SampleName name, byte[] labels) {
        double value = source.getAsDouble();
        if (!Double.isNaN(value)) {
            Cell.begin(page, name.plain(), labels).number(value).put('\n');
        }
    }
}
