package dev.agw.cli.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a folder differs from what would be written into it.
///
/// @param folder whose files are looked at
/// @param files what would be written, by name
public record Drift(Path folder, Map<String, String> files) {
    private static final int DEPTH = 2;

    /// One line for each file that is missing, other than rendered, or left from an earlier rendering.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach((name, text) -> {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                lines.add(file + ": missing");
            } else if (!text(file).equals(text)) {
                lines.add(file + ": differs");
            }
        });
        stale().forEach(file -> lines.add(file + ": no longer rendered"));
        return lines;
    }

    /// Files that agw wrote once and would not write today.
    public List<Path> stale() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !files.containsKey(folder.relativize(file).toString()))
                    .filter(file ->
                            file.toString().endsWith(".yaml") && text(file).startsWith(ManifestText.HEAD))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
