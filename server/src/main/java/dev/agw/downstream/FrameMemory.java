package dev.agw.downstream;

import dev.agw.http2.FrameReader;
import dev.agw.telemetry.Limit;

/// Memory for what one HTTP/2 connection has begun and not ended; counts that there was none.
record FrameMemory(HeadBudget.Lease lease, Meter meter) implements FrameReader.Memory {
    static FrameMemory of(Arrival arrival) {
        return new FrameMemory(arrival.port().heads().new Lease(), arrival.meter());
    }

    @Override
    public boolean grows(int more) {
        boolean grown = lease.grows(more);
        if (!grown) {
            meter.refused(Limit.HEAD_MEMORY);
        }
        return grown;
    }

    @Override
    public void close() {
        lease.close();
    }
}
