package dev.agw.cli.operations;

import dev.agw.schema.Binder;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import dev.agw.schema.TextReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the file of values, strictly: all problems at once, each with its line.
public final class OperationsReader {
    private static final Map<Class<?>, TextReader> READERS = Map.of(
            Amount.class, (text, at) -> Amount.parse(text),
            CountOrShare.class, (text, at) -> CountOrShare.parse(text),
            JobPattern.class, (text, at) -> JobPattern.parse(text),
            UrlPattern.class, (text, at) -> UrlPattern.parse(text),
            PrometheusVersion.class, (text, at) -> PrometheusVersion.parse(text));

    private OperationsReader() {}

    /// What was read.
    ///
    /// @param values empty if a problem is an error
    /// @param root what was written, to find the line of a field that turns out wrong later
    public record Reading(Optional<Operations> values, Node root, List<Problem> problems) {
        /// An error at the field of that path, or what there is of it.
        public Problem error(FieldPath path, String message, String hint) {
            return Problem.error(root.nearest(path).at(), path, message, hint);
        }
    }

    /// The values in `file`.
    public static Reading read(Path file) {
        Problems problems = new Problems();
        return bind(file.toString(), new Documents(problems).read(file), problems);
    }

    /// The values in `text`, as if it stood in the file `source`.
    public static Reading parse(String source, String text) {
        Problems problems = new Problems();
        return bind(source, new Documents(problems).parse(source, text), problems);
    }

    private static Reading bind(String source, List<Node> documents, Problems problems) {
        if (documents.size() > 1) {
            problems.error(documents.get(1).at(), FieldPath.TOP, "expected one document, found another", "");
        }
        Node root = documents.isEmpty() ? new Node.Mapping(Position.of(source), List.of()) : documents.get(0);
        Optional<Operations> values = new Binder(READERS, problems).bind(Operations.class, root, FieldPath.TOP);
        List<Problem> all = problems.all();
        return new Reading(all.stream().anyMatch(Problem::error) ? Optional.empty() : values, root, all);
    }
}
