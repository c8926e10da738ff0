package dev.agw.cli.dashboard;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Problem;

/// A dashboard as it was read.
///
/// @param root what was written, to find the line of what turns out wrong later
record SourceFile(DashboardSource source, Node root) {
    /// An error at the field of that path, or what there is of it.
    Problem error(FieldPath path, String message, String hint) {
        return Problem.error(root.nearest(path).at(), path, message, hint);
    }
}
