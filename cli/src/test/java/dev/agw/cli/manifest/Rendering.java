package dev.agw.cli.manifest;

import dev.agw.cli.operations.OperationsReader;
import dev.agw.schema.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// What comes of values.
///
/// @param set empty if they were refused
record Rendering(Optional<ManifestSet> set, List<Problem> problems) {
    static final Path SHIPPED = Path.of("src/test/resources/manifest");

    /// All there is with nothing said.
    static Rendering defaults() {
        return of("");
    }

    /// With as little as runs.
    static Rendering minimal() {
        return of(text("minimal.values.yaml"));
    }

    /// With everything said, and manifests of the user's.
    static Rendering everything(String... names) {
        List<Problem> problems = new ArrayList<>();
        Path root = SHIPPED.resolve("config");
        ConfigFolder config = ConfigFolder.read(
                Optional.of(root.resolve("agw.yaml")), Optional.of(root.resolve("resources")), Map.of(), problems);
        return of(text("everything.values.yaml"), config, problems, names);
    }

    static Rendering of(String values, String... names) {
        return of(values, ConfigFolder.none(), new ArrayList<>(), names);
    }

    static Rendering of(String values, ConfigFolder config, List<Problem> problems, String... names) {
        Optional<ManifestSet> set = ManifestSet.of(
                OperationsReader.parse("values.yaml", values),
                config,
                new ManifestSet.Wish(List.of(names), "1.2.3"),
                problems);
        return new Rendering(set, problems);
    }

    static String text(String name) {
        try {
            return Files.readString(SHIPPED.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Manifest> manifests() {
        return set.orElseThrow(() -> new IllegalStateException(problems.toString()))
                .manifests();
    }

    /// The object of that file.
    Manifest manifest(String file) {
        return manifests().stream()
                .filter(manifest -> manifest.file().equals(file))
                .findFirst()
                .orElseThrow(NoSuchElementException::new);
    }

    String yaml() {
        return new ManifestText(set.orElseThrow()).stream(ManifestText.Form.yaml);
    }

    List<String> errors() {
        return problems.stream().filter(Problem::error).map(Problem::toString).toList();
    }

    List<String> warnings() {
        return problems.stream()
                .filter(problem -> !problem.error())
                .map(Problem::toString)
                .toList();
    }
}
