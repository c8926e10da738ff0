package dev.agw.cli.manifest;

import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Problem;
import java.util.List;

/// Collects what is wrong with values, each with its place in their file.
record Findings(Reading reading, List<Problem> problems) {
    /// The set is refused.
    void error(String field, String message, String hint) {
        problems.add(reading.error(path(field), message, hint));
    }

    /// The set is made, and probably not as meant.
    void warning(String field, String message, String hint) {
        FieldPath path = path(field);
        problems.add(Problem.warning(reading.root().nearest(path).at(), path, message, hint));
    }

    private static FieldPath path(String field) {
        FieldPath path = FieldPath.TOP;
        for (String step : field.split("\\.", -1)) {
            path = path.field(step);
        }
        return path;
    }
}
