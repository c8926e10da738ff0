package dev.agw.cli.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The files that the build puts beside the classes: `rules`, `dashboards`, `runbooks`, `conf`.
public final class Shipped {
    private Shipped() {}

    /// The text of that file, if there is one.
    public static Optional<String> find(String path) {
        try (InputStream in = Shipped.class.getResourceAsStream("/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of that file.
    public static String text(String path) {
        return find(path).orElseThrow(() -> new IllegalStateException("the distribution lacks " + path));
    }
}
