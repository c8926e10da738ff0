package dev.agw.cli.lint;

import java.util.List;

/// What is in the files.
///
/// @param manifests autoscalers, and what they scale
/// @param unread what could not be read
record Subjects(List<Rule> rules, List<Board> boards, List<Manifest> manifests, List<Finding> unread) {
    /// A manifest of Kubernetes.
    record Manifest(Place place, String kind, Tree root) {
        static Manifest of(Tree root) {
            String kind = root.textAt("kind");
            return new Manifest(new Place(root.position(), kind + " " + root.textAt("metadata", "name")), kind, root);
        }
    }
}
