package dev.agw.resource;

import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Position;
import dev.agw.schema.TextReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills secrets in from outside: `${NAME}` from the environment, `${file:PATH}` from a file; `$${` stands for `${`.
/// No message of it holds a value.
final class SecretReader {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");
    private static final String FILE = "file:";

    private final Map<String, String> environment;

    SecretReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// How to read both types of secret values.
    ///
    /// @param onFile runs before a file is read: its text may be another the next time
    Map<Class<?>, TextReader> readers(Runnable onFile) {
        return Map.of(
                SecretValue.class,
                (text, at) -> plain(text, at, onFile),
                SecretValue.Encoded.class,
                (text, at) -> encoded(text, at, onFile));
    }

    private SecretValue plain(String text, Position at, Runnable onFile) {
        return SecretValue.of(REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(Optional.ofNullable(reference.group(1))
                        .map(what -> resolved(what, at, onFile))
                        .orElse("${"))));
    }

    private SecretValue.Encoded encoded(String text, Position at, Runnable onFile) {
        String base64 = plain(text, at, onFile).reveal().replaceAll("\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return new SecretValue.Encoded(SecretValue.of(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("expected base64", "values as they are go under stringData");
        }
    }

    private String resolved(String what, Position at, Runnable onFile) {
        if (!what.startsWith(FILE)) {
            return variable(what);
        }
        onFile.run();
        return file(what.substring(FILE.length()), at);
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new InvalidValueException(
                    "the environment variable " + name + " is not set",
                    "set it where agw is started: " + name + "=...");
        }
        return value;
    }

    private static String file(String name, Position at) {
        try {
            return Files.readString(Path.of(at.source()).resolveSibling(name)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidValueException(
                    "the file " + name + " cannot be read", "it is looked for from the folder of the manifest");
        }
    }
}
