package dev.agw.gateway;

import dev.agw.resource.LiveManifests;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.telemetry.Housekeeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Reads the manifests, and has them followed where they can change.
sealed interface ManifestSource {
    /// That of what the process was given.
    ///
    /// @throws StartException the path does not exist
    static ManifestSource of(ConfigSource source) {
        return switch (source) {
            case ConfigSource.Files(Path path) -> Watched.at(path);
            case ConfigSource.Text(String name, String yaml) ->
                new Given(new ManifestReader(System.getenv()).parse(name, yaml));
        };
    }

    /// All manifests as they are now, or what may have changed of them.
    ///
    /// @return the very same as the last time if nothing has changed
    Manifests read(Touched touched);

    /// How long nothing more may happen until what was read may be taken for whole.
    Duration rest();

    /// Has changes followed; empty where there can be none.
    ///
    /// @throws StartException they cannot be watched
    Optional<PathWatcher> follow(Follower follower, Housekeeping housekeeping);

    /// Files.
    record Watched(Path path, LiveManifests manifests) implements ManifestSource {
        static Watched at(Path path) {
            if (!Files.exists(path)) {
                throw new StartException(
                        "there is no file or folder " + path + "; `agw init` writes a set to start from");
            }
            return new Watched(path, new LiveManifests(path, System.getenv()));
        }

        @Override
        public Manifests read(Touched touched) {
            return touched.more() ? manifests.read() : manifests.read(touched.paths());
        }

        @Override
        public Duration rest() {
            return manifests.rest();
        }

        @Override
        public Optional<PathWatcher> follow(Follower follower, Housekeeping housekeeping) {
            try {
                return Optional.of(new PathWatcher(path, follower, housekeeping));
            } catch (IOException e) {
                throw new StartException(path + " cannot be watched for changes: " + e.getMessage());
            }
        }
    }

    /// Manifests that never change.
    record Given(Manifests manifests) implements ManifestSource {
        @Override
        public Manifests read(Touched touched) {
            return manifests;
        }

        @Override
        public Duration rest() {
            return Duration.ZERO;
        }

        @Override
        public Optional<PathWatcher> follow(Follower follower, Housekeeping housekeeping) {
            return Optional.empty();
        }
    }
}
