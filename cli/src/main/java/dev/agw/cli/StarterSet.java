package dev.agw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The files that `agw init` writes: those of the folder `conf`, which the build puts into the jar.
///
/// @param folder where they go
record StarterSet(Path folder) {
    private static final String SETTINGS = "agw.yaml";
    private static final List<String> MANIFESTS =
            List.of("backend.yaml", "gateway.yaml", "policies.yaml", "route.yaml");

    /// Those that are there already.
    List<Path> present() {
        return Stream.concat(Stream.of(settings()), MANIFESTS.stream().map(this::manifest))
                .filter(Files::exists)
                .toList();
    }

    /// Writes all files, and tells which.
    List<Path> write() {
        try {
            Files.createDirectories(resources());
            // Read from wherever agw is started, so the path is the one that was given.
            Files.writeString(
                    settings(),
                    text(SETTINGS).replace("conf/resources", resources().toString()));
            for (String name : MANIFESTS) {
                Files.writeString(manifest(name), text("starter/" + name));
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, "cannot write to " + folder + ": " + e.getMessage(), e);
        }
        return present();
    }

    private Path settings() {
        return folder.resolve(SETTINGS);
    }

    private Path resources() {
        return folder.resolve("resources");
    }

    private Path manifest(String name) {
        return resources().resolve(name);
    }

    private static String text(String name) {
        try (InputStream in = StarterSet.class.getResourceAsStream("/conf/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
