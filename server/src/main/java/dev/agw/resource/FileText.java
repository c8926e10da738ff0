package dev.agw.resource;

import dev.agw.schema.Part;
import dev.agw.schema.Parts;
import java.nio.ByteBuffer;
import java.util.List;

/// The text of a file of manifests, and the documents in it.
final class FileText {
    /// A text that is shorter by that part has lost much.
    private static final int MISSING = 4;

    private final String source;
    private final byte[] bytes;
    private final List<Placed> documents;
    private final boolean fixed;

    /// @param source path of the file
    /// @param bytes not to be changed
    FileText(String source, byte[] bytes, List<Placed> documents) {
        this.source = source;
        this.bytes = bytes;
        this.documents = documents;
        this.fixed = allFixed(documents);
    }

    private static boolean allFixed(List<Placed> documents) {
        for (Placed placed : documents) {
            if (!placed.document().fixed()) {
                return false;
            }
        }
        return true;
    }

    String source() {
        return source;
    }

    byte[] bytes() {
        return bytes;
    }

    List<Placed> documents() {
        return documents;
    }

    boolean has(byte[] text) {
        return bytes.length == text.length && beginsWith(text);
    }

    private boolean beginsWith(byte[] text) {
        return Parts.sameAtStart(bytes, text) == text.length;
    }

    /// Whether a text that follows this one looks as if somebody was about to write more: it begins in the same
    /// way and ends earlier, much of it is missing, or it ends within a line and this one did not.
    boolean brokenOff(byte[] next) {
        return next.length < bytes.length - bytes.length / MISSING
                || (next.length < bytes.length && beginsWith(next))
                || (endsLine(bytes) && !endsLine(next));
    }

    /// Whether a text ends where a line does.
    static boolean endsLine(byte[] text) {
        return text.length > 0 && text[text.length - 1] == '\n';
    }

    /// What is written in a part of a text.
    static ByteBuffer of(byte[] bytes, Part part) {
        return ByteBuffer.wrap(bytes, part.from(), part.to() - part.from());
    }

    /// False if something outside of the text has a say.
    boolean fixed() {
        return fixed;
    }

    boolean saysTheSameAs(FileText other) {
        return this == other || (has(other.bytes) && documents.equals(other.documents));
    }
}
