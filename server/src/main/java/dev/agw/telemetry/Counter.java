package dev.agw.telemetry;

import java.util.concurrent.atomic.LongAdder;

/// A number that only grows. Safe and cheap from any thread.
final class Counter implements Cell {
    private final LongAdder value = new LongAdder();

    void add(long amount) {
        value.add(amount);
    }

    void increment() {
        value.increment();
    }

    long value() {
        return value.sum();
    }

    @Override
    public void write(ByteText page, SampleName name, byte[] labels) {
        Cell.begin(page, name.plain(), labels).number(value.sum()).put('\n');
    }
}
