package dev.agw.telemetry;

/// A number that is set. Safe from any thread; 0 until set.
final class Gauge implements Cell {
    private volatile double value;

    void set(double now) {
        value = now;
    }

    @Override
    public void write(ByteText page, SampleName name, byte[] labels) {
        Cell.begin(page, name.plain(), labels).number(value).put('\n');
    }
}
