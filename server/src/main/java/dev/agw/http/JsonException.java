package dev.agw.http;

/// Bytes that are not JSON, or JSON that is nested too deep. Stackless: hostile bodies are everyday business.
///
/// The message names what was expected and where, and holds nothing of the text itself.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long offset;
    private final boolean tooDeep;

    JsonException(String problem, long offset) {
        this(problem, offset, false);
    }

    private JsonException(String problem, long offset, boolean tooDeep) {
        super(problem + " at byte " + offset, null, false, false);
        this.offset = offset;
        this.tooDeep = tooDeep;
    }

    static JsonException tooDeep(int allowed, long offset) {
        return new JsonException("nested deeper than " + allowed + " levels", offset, true);
    }

    /// Whether it may well be JSON, only nested deeper than is allowed.
    public boolean tooDeep() {
        return tooDeep;
    }

    /// Bytes from the start of the text to the one that is wrong.
    public long offset() {
        return offset;
    }
}
