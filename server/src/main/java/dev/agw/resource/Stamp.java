package dev.agw.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/*
 * A file that is written twice within one tick of the file system's clock, to the same size, keeps its stamp. So a stamp
 * that was young when the file was read says nothing, and the file is read once more at the next look.
 */
/// What differs, almost always, once a file has been written or replaced.
///
/// @param nanos when it was written last
/// @param identity of the file behind the name: links can be led elsewhere
/// @param young true if it had just been written when the stamp was taken
record Stamp(long size, long nanos, int identity, boolean young) {
    /// That of a file that is not there.
    static final Stamp NONE = new Stamp(-1, 0, 0, true);

    /// Clocks of file systems, those of networks included, tick at least that often.
    private static final long TICK_MILLIS = 2_000;

    static Stamp of(Path file) {
        return attributes(file).map(Stamp::of).orElse(NONE);
    }

    static Stamp of(BasicFileAttributes file) {
        long written = file.lastModifiedTime().toMillis();
        boolean young = System.currentTimeMillis() - written < TICK_MILLIS;
        return new Stamp(
                file.size(), file.lastModifiedTime().to(TimeUnit.NANOSECONDS), Objects.hashCode(file.fileKey()), young);
    }

    /// Empty if there is nothing, or a link that leads nowhere.
    static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// Whether a file that has this stamp now is the one that was read with the stamp `before`.
    boolean proves(Stamp before) {
        return !before.young && size == before.size && nanos == before.nanos && identity == before.identity;
    }
}
