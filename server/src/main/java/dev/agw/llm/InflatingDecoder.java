package dev.agw.llm;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates gzip (RFC 1952) and deflate (RFC 1950) in passing.
///
/// Stops for good at data that is corrupt, at the end of the first member, and after [#MOST_BYTES], so that a
/// few bytes that unpack to gigabytes cost little. Memory: one buffer and the inflater's native state, let go
/// by [#close].
final class InflatingDecoder implements ContentDecoder {
    static final long MOST_BYTES = 64L << 20;
    private static final int BUFFER = 4096;

    private final Inflater inflater;
    private final GzipHeader header;
    private final byte[] buffer = new byte[BUFFER];
    private boolean readable = true;
    private boolean closed;

    InflatingDecoder(Inflater inflater, GzipHeader header) {
        this.inflater = inflater;
        this.header = header;
    }

    @Override
    public void decode(byte[] array, int offset, int length, AnswerSink out) {
        if (!readable || closed) {
            return;
        }
        try {
            int start = header.skip(array, offset, offset + length);
            inflate(array, start, offset + length - start, out);
        } catch (DataFormatException corrupt) {
            readable = false;
        }
    }

    private void inflate(byte[] array, int offset, int length, AnswerSink out) throws DataFormatException {
        inflater.setInput(array, offset, length);
        int inflated = inflater.inflate(buffer);
        while (inflated > 0) {
            out.write(buffer, 0, inflated);
            if (inflater.getBytesWritten() > MOST_BYTES) {
                throw new DataFormatException("more than " + MOST_BYTES + " bytes");
            }
            inflated = inflater.inflate(buffer);
        }
        if (inflater.needsDictionary()) {
            throw new DataFormatException("wants a dictionary");
        }
    }

    @Override
    public boolean readable() {
        return readable;
    }

    @Override
    public void close() {
        closed = true;
        inflater.end();
    }
}
