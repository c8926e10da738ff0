package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts documents together to a set, and checks what no document can know of itself: that nothing is there twice,
/// and that references lead somewhere. For one reading.
final class Assembly {
    private static final FieldPath NAME = FieldPath.TOP.field("metadata").field("name");

    private final Problems problems = new Problems();
    private final List<FileText> texts = new ArrayList<>();
    private final Map<ResourceKey, Resource> resources = new LinkedHashMap<>();
    private final Set<ResourceKey> unread = new HashSet<>();
    private final Sources sources;

    Assembly(DocumentReader reader) {
        this.sources = new Sources(reader, texts, unread);
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(FileText text) {
        texts.add(text);
        for (Placed placed : text.documents()) {
            add(text, placed);
        }
    }

    private void add(FileText text, Placed placed) {
        for (Problem problem : placed.problems()) {
            problems.add(problem);
        }
        List<Document.Entry> entries = placed.document().entries();
        for (int i = 0; i < entries.size(); i++) {
            if (!first(entries.get(i))) {
                twice(entries.get(i).key(), new Sources.Origin(text, placed, i));
            }
        }
    }

    private boolean first(Document.Entry entry) {
        ResourceKey key = entry.key();
        return entry.resource().isPresent()
                ? !unread.contains(key)
                        && resources.putIfAbsent(key, entry.resource().get()) == null
                : !resources.containsKey(key) && unread.add(key);
    }

    private void twice(ResourceKey key, Sources.Origin again) {
        if (!key.name().isEmpty()) {
            String first = "first in " + sources.position(key, FieldPath.TOP);
            problems.error(sources.position(again, NAME), NAME, key + " is there twice", first);
        }
    }

    /// @param routes knows what has been found before
    Manifests manifests(RouteFindings routes) {
        ResourceSet set = ResourceSet.keyed(resources);
        new References(set, sources, problems).check();
        routes.report(set, sources, problems);
        return new Manifests(set, problems.all());
    }
}
