package dev.agw.http;

/// Bytes that are not JSON, or JSON that is nested too deep. Stackless: hostile bodies are everyday business.
///
/// The message names what was expected and where, and holds nothing of the text itself.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long offset;

    JsonException(String problem, long offset) {
        super(problem + " at byte " + offset, null, false, false);
        this.offset = offset;
    }

    /// Bytes from the start of the text to the one that is wrong.
    public long offset() {
        return offset;
    }
}
