package dev.agw.telemetry;

import java.util.List;

/// What tells the series of a family apart: a record, so that looking it up needs no text built.
interface SeriesKey {
    /// The label values, in the order of the metric's labels.
    List<String> values();

    /// The key of a family without labels.
    record None() implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of();
        }
    }

    /// A key of one label.
    record One(String value) implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(value);
        }
    }

    /// A key of two labels.
    record Two(String first, String second) implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(first, second);
        }
    }

    /// A key of three labels.
    record Three(String first, String second, String third) implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(first, second, third);
        }
    }
}
