package dev.agw.schema;

/// Makes a [Written] value of its text.
@FunctionalInterface
public interface TextReader {
    /// The value of `text`, which stands at `at`.
    ///
    /// @throws InvalidValueException if the text is not right; its message must not show a secret
    Written read(String text, Position at);
}
