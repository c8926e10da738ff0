package dev.agw.cli.manifest;

import java.util.Map;

/// One object for Kubernetes.
///
/// @param file name of its file, without an ending: `deployment`
/// @param comment what differs from the guide, and why; empty for nothing
public record Manifest(String file, String comment, Tree tree) {
    Manifest(String file, Tree tree) {
        this(file, "", tree);
    }

    /// Its kind: `Deployment`.
    public String kind() {
        return String.valueOf(tree.fields().get("kind"));
    }

    /// The object as maps, lists and scalars.
    public Map<String, Object> plain() {
        return tree.plain();
    }
}
