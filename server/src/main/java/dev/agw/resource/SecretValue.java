package dev.agw.resource;

import dev.agw.schema.Written;

/// A text that is never shown: it prints as stars and compares by its content.
public final class SecretValue implements Written {
    private static final String BEARER = "Bearer ";
    private final String text;

    private SecretValue(String text) {
        this.text = text;
    }

    public static SecretValue of(String text) {
        return new SecretValue(text);
    }

    /// The text itself: for the wire, never for a log or a message.
    public String reveal() {
        return text;
    }

    /// The value without `Bearer ` in front and without blanks around it.
    SecretValue withoutScheme() {
        String plain = text.strip();
        boolean schemed = plain.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return new SecretValue(schemed ? plain.substring(BEARER.length()).strip() : plain);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    /// A value that was written in base64.
    ///
    /// @param value decoded
    public record Encoded(SecretValue value) implements Written {}
}
