package dev.agw.resource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Reads manifests from YAML and JSON, strictly: whatever is unknown, misspelled, missing, out of range or refers to
/// nothing is reported, all at once, each with its file, line and path. Safe for use by many threads.
public final class ManifestReader {
    private final Map<String, String> environment;

    /// @param environment what `${NAME}` in secrets is taken from
    public ManifestReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Reads a file, or the files of a folder and of the folders in it. What cannot be read is among the problems.
    public Manifests read(Path path) {
        return new LiveManifests(path, environment).read();
    }

    /// Reads `text` as if it stood in the file `source`.
    public Manifests parse(String source, String text) {
        DocumentReader reader = new DocumentReader(new SecretReader(environment));
        Assembly assembly = new Assembly(reader);
        assembly.add(reader.read(source, text.getBytes(StandardCharsets.UTF_8)));
        return assembly.manifests(new RouteFindings());
    }
}
