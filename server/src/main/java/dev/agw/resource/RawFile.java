package dev.agw.resource;

import dev.agw.schema.Documents;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A file that has just been read, not yet looked into.
final class RawFile {
    private final Stamp stamp;
    private final List<Problem> refusals;
    private final byte[] bytes;

    private RawFile(Stamp stamp, List<Problem> refusals, byte[] bytes) {
        this.stamp = stamp;
        this.refusals = refusals;
        this.bytes = bytes;
    }

    /// Takes the stamp first, so that a change in between shows.
    static RawFile read(Path file) {
        Stamp stamp = Stamp.of(file);
        Problems problems = new Problems();
        byte[] bytes = new Documents(problems).bytes(file).orElse(new byte[0]);
        return new RawFile(stamp, problems.all(), bytes);
    }

    Stamp stamp() {
        return stamp;
    }

    /// What stands in the way of reading it.
    List<Problem> refusals() {
        return refusals;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean missing() {
        return stamp.equals(Stamp.NONE);
    }

    /// How long the file has to be left alone before it is taken as it is; empty if it looks whole.
    ///
    /// @param before the text that it had
    Optional<Duration> unfinishedAfter(Optional<FileText> before) {
        if (missing()) {
            return before.map(text -> Settling.CUT);
        }
        if (!refusals.isEmpty() || before.filter(text -> text.has(bytes)).isPresent()) {
            return Optional.empty();
        }
        if (bytes.length == 0) {
            return Optional.of(Settling.EMPTY);
        }
        boolean cut = before.map(text -> text.brokenOff(bytes)).orElseGet(() -> !FileText.endsLine(bytes));
        return cut ? Optional.of(Settling.CUT) : Optional.empty();
    }
}
