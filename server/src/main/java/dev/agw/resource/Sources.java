package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problems;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where each resource was written, those included that could not be read. Looked for only when it is asked. For one
/// reading.
final class Sources {
    private final DocumentReader reader;
    private final List<FileText> texts;
    private final Set<ResourceKey> unread;
    private final Map<ResourceKey, Origin> origins = new HashMap<>();
    private final IdentityHashMap<Document, List<Node.Mapping>> parsed = new IdentityHashMap<>();

    /// An entry of a document, by its number.
    record Origin(FileText text, Placed placed, int entry) {}

    /// @param unread what is declared and cannot be read
    Sources(DocumentReader reader, List<FileText> texts, Set<ResourceKey> unread) {
        this.reader = reader;
        this.texts = texts;
        this.unread = unread;
    }

    /// Whether the resource is there, but cannot be read: what refers to it is not wrong.
    boolean unread(ResourceKey key) {
        return unread.contains(key);
    }

    /// Whether all that is there can be read.
    boolean whole() {
        return unread.isEmpty();
    }

    /// Reports a finding where it is written.
    void warn(Resource from, Finding finding, Problems problems) {
        Position at = position(from.key(), finding.path());
        problems.warning(at, finding.path(), finding.message(), finding.hint());
    }

    /// Where the field is written, or the nearest thing around it that is.
    Position position(ResourceKey key, FieldPath path) {
        if (origins.isEmpty()) {
            texts.forEach(text -> text.documents().forEach(placed -> index(text, placed)));
        }
        return Optional.ofNullable(origins.get(key))
                .map(origin -> position(origin, path))
                .orElseGet(() -> Position.of(key.toString()));
    }

    private void index(FileText text, Placed placed) {
        List<Document.Entry> entries = placed.document().entries();
        for (int i = 0; i < entries.size(); i++) {
            origins.putIfAbsent(entries.get(i).key(), new Origin(text, placed, i));
        }
    }

    /// Where a field of an entry is written.
    Position position(Origin origin, FieldPath path) {
        Document document = origin.placed().document();
        int line = origin.placed().part().line();
        return document.place(origin.entry(), path, line).orElseGet(() -> {
            Position place = nodes(origin).get(origin.entry()).nearest(path).at();
            document.placed(origin.entry(), path, line, place);
            return place;
        });
    }

    private List<Node.Mapping> nodes(Origin origin) {
        Placed placed = origin.placed();
        return parsed.computeIfAbsent(placed.document(), any -> reader.nodes(origin.text(), placed));
    }
}
