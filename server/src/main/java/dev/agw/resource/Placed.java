package dev.agw.resource;

import dev.agw.schema.Part;
import dev.agw.schema.Problem;
import java.util.List;

/// A document and where it stands in its file.
record Placed(Part part, Document document) {
    List<Problem> problems() {
        return document.problems(part.line());
    }

    /// The same document further down.
    Placed movedBy(int bytes, int lines) {
        return bytes == 0 && lines == 0 ? this : new Placed(part.movedBy(bytes, lines), document);
    }

    /// Whether the document is still what its part says.
    boolean holds() {
        return document.holdsAt(part.line());
    }
}
