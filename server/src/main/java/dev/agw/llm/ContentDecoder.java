package dev.agw.llm;

import java.util.Locale;
import java.util.zip.Inflater;

/// Takes a Content-Encoding off for those who look at an answer in passing; the client gets what came.
sealed interface ContentDecoder extends AutoCloseable
        permits ContentDecoder.Identity, ContentDecoder.Opaque, InflatingDecoder {
    /// Decodes the next piece. Data that is corrupt or too much ends the decoding without a word.
    void decode(byte[] array, int offset, int length, AnswerSink out);

    /// Whether everything so far could be decoded.
    boolean readable();

    /// Whether what is decoded is what came.
    default boolean identity() {
        return false;
    }

    @Override
    default void close() {}

    /// The decoder for the value of a Content-Encoding field. Of codings other than gzip and deflate nothing is
    /// seen.
    static ContentDecoder of(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> new Identity();
            case "gzip", "x-gzip" -> new InflatingDecoder(new Inflater(true), new GzipHeader());
            case "deflate" -> new InflatingDecoder(new Inflater(), GzipHeader.none());
            default -> new Opaque();
        };
    }

    /// No coding.
    record Identity() implements ContentDecoder {
        @Override
        public void decode(byte[] array, int offset, int length, AnswerSink out) {
            out.write(array, offset, length);
        }

        @Override
        public boolean readable() {
            return true;
        }

        @Override
        public boolean identity() {
            return true;
        }
    }

    /// A coding that is not known here: br, zstd, several at once.
    record Opaque() implements ContentDecoder {
        @Override
        public void decode(byte[] array, int offset, int length, AnswerSink out) {
            // nothing can be seen
        }

        @Override
        public boolean readable() {
            return false;
        }
    }
}
