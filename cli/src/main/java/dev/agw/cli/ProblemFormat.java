package dev.agw.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agw.schema.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How problems are printed.
enum ProblemFormat {
    /// One line each: `routes.yaml:14: spec.rules[0].matchs: unknown field; did you mean "matches"?`
    text {
        @Override
        String print(List<Problem> problems) {
            return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
        }
    },
    /// ```json
    /// [ {"severity": "error", "file": "routes.yaml", "line": 14, "column": 7, "path": "spec.rules[0].matchs",
    ///    "message": "unknown field", "hint": "did you mean \"matches\"?"} ]
    /// ```
    json {
        @Override
        String print(List<Problem> problems) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (Problem problem : problems) {
                all.addObject()
                        .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.at().column())
                        .put("path", problem.path())
                        .put("message", problem.message())
                        .put("hint", problem.hint());
            }
            return all.toPrettyString() + "\n";
        }
    };

    abstract String print(List<Problem> problems);
}
