package dev.agw.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/// Strings as JSON writes them.
final class JsonText {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonText() {}

    /// `text` escaped, between quotation marks.
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        ENCODER.quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }
}
