package dev.agw.schema;

/// A value that its type refuses. Thrown by compact constructors and by readers of text; the [Binder] turns it into a
/// [Problem] at the place of the value.
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String hint;

    public InvalidValueException(String message) {
        this(message, "");
    }

    /// @param message what was expected and what was found; no secrets
    /// @param hint what to do about it; may be empty
    public InvalidValueException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
