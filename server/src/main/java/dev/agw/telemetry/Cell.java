package dev.agw.telemetry;

/// What holds the value of one series, or of the several series of a histogram.
sealed interface Cell permits Counter, Gauge, Histogram, Reading {
    /// Writes its sample lines.
    ///
    /// @param labels `name="value"` pairs, separated by commas and escaped; empty if there are none
    void write(ByteText page, SampleName name, byte[] labels);

    /// Writes what stands before a value: name and labels.
    static ByteText begin(ByteText page, byte[] name, byte[] labels) {
        page.bytes(name);
        if (labels.length > 0) {
            page.put('{').bytes(labels).put('}');
        }
        return page.put(' ');
    }
}
