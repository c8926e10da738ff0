package dev.agw.cli.manifest;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Problem;
import java.util.List;
import java.util.Optional;

/// Looks for keys in manifests that go into a ConfigMap, where more people read than are meant to. References to the
/// environment or to a file are none.
record SecretCheck(List<Problem> problems) {
    private static final String REFERENCE = "${";
    private static final String FILE = "${file:";

    /// Looks at a document, and at those in it if it is a list.
    void look(Node node) {
        switch (node) {
            case Node.Mapping mapping -> look(mapping);
            case Node.Sequence list -> list.items().forEach(this::look);
            case Node.Scalar scalar -> {}
        }
    }

    private void look(Node.Mapping mapping) {
        if (mapping.text("kind").equals(Optional.of("Secret"))) {
            mapping.get("data").ifPresent(this::values);
            mapping.get("stringData").ifPresent(this::values);
        }
        for (Node.Entry entry : mapping.entries()) {
            if (entry.key().equals("authToken") && entry.value() instanceof Node.Mapping token) {
                token.entries().stream()
                        .filter(field -> field.key().equals("inline"))
                        .forEach(this::value);
            }
            look(entry.value());
        }
    }

    private void values(Node data) {
        if (data instanceof Node.Mapping values) {
            values.entries().forEach(this::value);
        }
    }

    private void value(Node.Entry entry) {
        if (!(entry.value() instanceof Node.Scalar scalar)) {
            return;
        }
        if (scalar.text().contains(FILE)) {
            problems.add(Problem.error(
                    entry.at(),
                    FieldPath.TOP.field(entry.key()),
                    "comes from a file, and the container of a gateway has no such file",
                    "say ${NAME} here, and name a Secret with the key NAME in deployment.environment.secrets"));
        } else if (!scalar.text().contains(REFERENCE)) {
            problems.add(Problem.error(
                    entry.at(),
                    FieldPath.TOP.field(entry.key()),
                    "a secret in a ConfigMap, where all may read it",
                    "say ${NAME} here, and name a Secret with the key NAME in deployment.environment.secrets"));
        }
    }
}
