package dev.agw.resource;

import dev.agw.schema.Documents;
import dev.agw.schema.Edit;
import dev.agw.schema.Node;
import dev.agw.schema.Part;
import dev.agw.schema.Parts;
import dev.agw.schema.Problems;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the text of files, part by part; of parts that have been read before nothing is parsed again.
final class DocumentReader {
    private final SecretReader secrets;

    DocumentReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    /// The documents of a file.
    FileText read(String source, byte[] bytes) {
        List<Placed> documents = new ArrayList<>();
        for (Part part : Parts.of(source, bytes)) {
            documents.add(placed(source, bytes, part));
        }
        return new FileText(source, bytes, documents);
    }

    /// The documents of a file that has been read before; the very same if its text is.
    FileText read(FileText before, byte[] bytes) {
        return before.has(bytes) ? before : edited(before, bytes);
    }

    private FileText edited(FileText before, byte[] bytes) {
        List<Placed> old = before.documents();
        Edit edit = Parts.edit(before.source(), before.bytes(), parts(old), bytes);
        int tail = old.size() - edit.tail();
        List<Placed> now = new ArrayList<>(edit.kept() + edit.middle().size() + edit.tail());
        now.addAll(old.subList(0, edit.kept()));
        Map<ByteBuffer, Document> removed = removed(before, old.subList(edit.kept(), tail));
        for (Part part : edit.middle()) {
            now.add(Optional.ofNullable(removed.get(FileText.of(bytes, part)))
                    .map(document -> held(new Placed(part, document), before.source(), bytes))
                    .orElseGet(() -> placed(before.source(), bytes, part)));
        }
        for (Placed placed : old.subList(tail, old.size())) {
            now.add(held(placed.movedBy(edit.bytes(), edit.lines()), before.source(), bytes));
        }
        return new FileText(before.source(), bytes, now);
    }

    private static List<Part> parts(List<Placed> documents) {
        return new AbstractList<>() {
            @Override
            public Part get(int index) {
                return documents.get(index).part();
            }

            @Override
            public int size() {
                return documents.size();
            }
        };
    }

    /// What does not stay where it was, by its text: it may have gone somewhere else.
    private static Map<ByteBuffer, Document> removed(FileText before, List<Placed> documents) {
        Map<ByteBuffer, Document> removed = new HashMap<>();
        documents.forEach(placed -> removed.put(FileText.of(before.bytes(), placed.part()), placed.document()));
        return removed;
    }

    /// The same documents, read again where something outside of them has a say.
    FileText again(FileText text) {
        List<Placed> documents = new ArrayList<>(text.documents());
        documents.replaceAll(placed -> placed.document().fixed() ? placed : anew(placed, text.source(), text.bytes()));
        return new FileText(text.source(), text.bytes(), documents);
    }

    private Placed held(Placed placed, String source, byte[] bytes) {
        return placed.holds() ? placed : anew(placed, source, bytes);
    }

    private Placed anew(Placed placed, String source, byte[] bytes) {
        Placed now = placed(source, bytes, placed.part());
        return now.document().saysTheSameAs(placed.document()) ? placed : now;
    }

    private Placed placed(String source, byte[] bytes, Part part) {
        Problems problems = new Problems();
        ManifestBinder binder = bound(source, bytes, part, problems);
        return new Placed(part, new Document(part.line(), binder.entries(), problems.all(), binder.fixed()));
    }

    /// What the entries of a document were made of.
    List<Node.Mapping> nodes(FileText text, Placed placed) {
        return bound(text.source(), text.bytes(), placed.part(), new Problems()).nodes();
    }

    private ManifestBinder bound(String source, byte[] bytes, Part part, Problems problems) {
        ManifestBinder binder = new ManifestBinder(secrets, problems);
        new Documents(problems).parse(source, bytes, part).forEach(binder::add);
        return binder;
    }
}
