package dev.agw.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a folder differs from what would be written into it.
///
/// @param folder whose files are looked at
/// @param files what would be written, by name
/// @param whole whether they are all that is to be there, so that others are left from an earlier rendering
public record Drift(Path folder, Map<String, String> files, boolean whole) {
    private static final int DEPTH = 2;

    /// One line for each file that is missing, other than rendered, or left from an earlier rendering.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach((name, text) -> {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                lines.add(file + ": missing");
            } else if (!text(file).equals(Optional.of(text))) {
                lines.add(file + ": differs");
            }
        });
        stale().forEach(file -> lines.add(file + ": no longer rendered"));
        return lines;
    }

    /// Files that agw wrote once and would not write today.
    public List<Path> stale() {
        if (!whole || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !files.containsKey(folder.relativize(file).toString()))
                    .filter(Drift::ours)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ours(Path file) {
        String name = file.toString();
        return (name.endsWith(".yaml") && text(file).filter(Drift::headed).isPresent())
                || (name.endsWith(".json")
                        && text(file).filter(Drift::annotated).isPresent());
    }

    private static boolean headed(String yaml) {
        return yaml.startsWith(ManifestText.HEAD);
    }

    /// JSON has no comments: what wrote an object stands in its annotations.
    private static boolean annotated(String json) {
        try {
            return new ObjectMapper()
                    .readTree(json)
                    .path("metadata")
                    .path("annotations")
                    .has(Plan.RENDERED_BY);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /// The text of a file; empty for a folder and for what is no text.
    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
