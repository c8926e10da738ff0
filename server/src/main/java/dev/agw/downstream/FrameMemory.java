package dev.agw.downstream;

import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.Flag;
import dev.agw.http2.FrameReader;
import dev.agw.telemetry.Limit;

/// Memory for what one HTTP/2 connection has begun and not ended; counts that there was none.
record FrameMemory(HeadBudget.Lease lease, Meter meter) implements FrameReader.Memory {
    static FrameMemory of(Arrival arrival) {
        return new FrameMemory(arrival.port().heads().new Lease(), arrival.meter());
    }

    /// Asks for the memory of a frame of a header block that does not end it.
    ///
    /// @throws ConnectionErrorException there is none
    void require(FrameReader frame) throws ConnectionErrorException {
        if (!frame.has(Flag.END_HEADERS) && !grows(frame.length())) {
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "no memory for a header block");
        }
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
