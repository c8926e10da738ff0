package dev.agw.resource;

import dev.agw.schema.Problem;
import java.util.List;

/// A file of manifests, as it was read last.
///
/// @param stamp taken before it was read, so that a change in between shows
/// @param refusals what stands in the way of reading it
record ManifestFile(Stamp stamp, List<Problem> refusals, FileText text) {
    ManifestFile with(FileText other) {
        return new ManifestFile(stamp, refusals, other);
    }

    /// Whether a file with this stamp need not be read again.
    boolean holdsFor(Stamp now) {
        return now.proves(stamp);
    }

    boolean saysTheSameAs(ManifestFile other) {
        return refusals.equals(other.refusals) && text.saysTheSameAs(other.text);
    }
}
