package dev.agw.settings;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Written;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where to listen: `127.0.0.1:15000`, `[::1]:15000`, or `:15000` for all interfaces. Port 0 takes any free one.
///
/// @param host name or address, without brackets
public record Address(String host, int port) implements Written {
    private static final Pattern SHAPE = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:/\\s]*)):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    /// Reads an address.
    ///
    /// @throws InvalidValueException if the text is none
    public static Address parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > LAST_PORT) {
            throw new InvalidValueException("expected host:port, for example 127.0.0.1:15000, found \"" + text + "\"");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new Address(host.isEmpty() ? "0.0.0.0" : host, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
