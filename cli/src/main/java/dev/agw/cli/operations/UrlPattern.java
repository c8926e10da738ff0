package dev.agw.cli.operations;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Written;
import java.util.Optional;

/// An address with a place for the name of an alert.
///
/// @param text the address, with `{alert}` where the name goes; `none` for no address
public record UrlPattern(String text) implements Written {
    private static final String NONE = "none";

    /// Reads one.
    ///
    /// @throws InvalidValueException if it is no address of the web
    static UrlPattern parse(String text) {
        if (!text.equals(NONE) && !text.matches("https?://\\S+")) {
            throw new InvalidValueException("expected an address such as https://host/path, found \"" + text + "\"");
        }
        return new UrlPattern(text);
    }

    /// The address for that alert.
    public Optional<String> of(String alert) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(text.replace("{alert}", alert));
    }

    @Override
    public String toString() {
        return text;
    }
}
