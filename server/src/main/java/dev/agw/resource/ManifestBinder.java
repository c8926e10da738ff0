package dev.agw.resource;

import dev.agw.schema.Binder;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Node;
import dev.agw.schema.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes resources of the documents in one part of a file. For one thread.
final class ManifestBinder {
    private static final Set<String> HEAD = Set.of("apiVersion", "kind", "status");

    private final Problems problems;
    private final Binder binder;
    private final List<Document.Entry> entries = new ArrayList<>();
    private final List<Node.Mapping> nodes = new ArrayList<>();
    private boolean fixed = true;

    ManifestBinder(SecretReader secrets, Problems problems) {
        this.problems = problems;
        this.binder = new Binder(secrets.readers(() -> fixed = false), problems);
    }

    List<Document.Entry> entries() {
        return entries;
    }

    /// What each entry was made of.
    List<Node.Mapping> nodes() {
        return nodes;
    }

    /// False if something outside of the text had a say.
    boolean fixed() {
        return fixed;
    }

    /// Adds the resource that `document` describes, or those of a `List`.
    void add(Node document) {
        if (document instanceof Node.Mapping mapping) {
            dispatch(mapping);
        } else {
            problems.error(document.at(), FieldPath.TOP, "expected a manifest: an object with apiVersion and kind", "");
        }
    }

    private void dispatch(Node.Mapping document) {
        String apiVersion = document.text("apiVersion").orElse("");
        String kind = document.text("kind").orElse("");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            String field = kind.isEmpty() ? "kind" : "apiVersion";
            problems.error(document.at(), FieldPath.TOP.field(field), "missing", expected(kind));
        } else if (kind.equals("List") && document.get("items").orElse(document) instanceof Node.Sequence items) {
            items.items().forEach(this::add);
        } else if (!Kinds.foreign(apiVersion, kind)) {
            known(document, apiVersion, kind);
        }
    }

    private static String expected(String kind) {
        return Kinds.named(kind)
                .map(known -> "for " + kind + " it is " + known.apiVersion())
                .orElse("");
    }

    private void known(Node.Mapping document, String apiVersion, String name) {
        Optional<Kinds.Kind> kind = Kinds.named(name);
        if (kind.isEmpty()) {
            unknown(document, apiVersion, name);
        } else if (kind.get().reads(apiVersion)) {
            bind(document, kind.get());
        } else {
            FieldPath path = FieldPath.TOP.field("apiVersion");
            String found = "expected " + kind.get().apiVersion() + " for a " + name + ", found \"" + apiVersion + "\"";
            problems.error(document.nearest(path).at(), path, found, "");
        }
    }

    private void unknown(Node.Mapping document, String apiVersion, String name) {
        FieldPath path = FieldPath.TOP.field("kind");
        if (Kinds.unserved(apiVersion, name)) {
            problems.warning(document.nearest(path).at(), path, name + " is not served by agw; passed over", "");
        } else {
            String hint = Nearest.hint(name, Kinds.types().keySet());
            problems.error(document.nearest(path).at(), path, "unknown kind \"" + name + "\"", hint);
        }
    }

    /// A resource that cannot be read is there all the same: what refers to it is not wrong.
    private void bind(Node.Mapping document, Kinds.Kind kind) {
        Optional<Resource> bound =
                binder.bind(kind.type(), body(document), FieldPath.TOP).map(Resource.class::cast);
        bound.map(Resource::key).or(() -> key(document, kind)).ifPresent(key -> {
            entries.add(new Document.Entry(key, bound));
            nodes.add(document);
        });
    }

    private static Optional<ResourceKey> key(Node.Mapping document, Kinds.Kind kind) {
        return document.get("metadata")
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .map(metadata -> new ResourceKey(
                        kind.name(),
                        metadata.text("namespace").orElse("default"),
                        metadata.text("name").orElse("")));
    }

    private Node.Mapping body(Node.Mapping document) {
        Set<String> seen = new HashSet<>();
        for (Node.Entry entry : document.entries()) {
            if (HEAD.contains(entry.key()) && !seen.add(entry.key())) {
                problems.error(entry.at(), FieldPath.TOP.field(entry.key()), "given twice", "");
            }
        }
        List<Node.Entry> rest = document.entries().stream()
                .filter(entry -> !HEAD.contains(entry.key()))
                .toList();
        return new Node.Mapping(document.at(), rest);
    }
}
