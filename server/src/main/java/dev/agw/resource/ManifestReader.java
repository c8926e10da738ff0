package dev.agw.resource;

import dev.agw.schema.Documents;
import dev.agw.schema.Node;
import dev.agw.schema.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads manifests from YAML and JSON, strictly: whatever is unknown, misspelled, missing, out of range or refers to
/// nothing is reported, all at once, each with its file, line and path. Safe for use by many threads.
public final class ManifestReader {
    private final SecretReader secrets;

    /// @param environment what `${NAME}` in secrets is taken from
    public ManifestReader(Map<String, String> environment) {
        this.secrets = new SecretReader(environment);
    }

    /// Reads a file, or the files of a folder and of the folders in it. What cannot be read is among the problems.
    public Manifests read(Path path) {
        Problems problems = new Problems();
        Documents documents = new Documents(problems);
        List<Node> read = ManifestFiles.below(path, problems).stream()
                .flatMap(file -> documents.read(file).stream())
                .toList();
        return manifests(read, problems);
    }

    /// Reads `text` as if it stood in the file `source`.
    public Manifests parse(String source, String text) {
        Problems problems = new Problems();
        return manifests(new Documents(problems).parse(source, text), problems);
    }

    private Manifests manifests(List<Node> documents, Problems problems) {
        ManifestBinder binder = new ManifestBinder(secrets, problems);
        documents.forEach(binder::add);
        ResourceSet resources = ResourceSet.of(binder.resources());
        new References(resources, binder.sources(), problems).check();
        return new Manifests(resources, problems.all());
    }
}
