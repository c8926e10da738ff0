package dev.agw.resource;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The files of manifests with the texts that they had when they were read last. One that looks unfinished keeps
/// the text it had before, until it is finished or left alone. For one thread.
final class FileTexts {
    private final Path root;
    private final DocumentReader reader;
    private final Settling settling;
    private final NavigableMap<Path, ManifestFile> files = new TreeMap<>(ManifestFiles.ORDER);
    private boolean changed;

    FileTexts(Path root, DocumentReader reader, Settling settling) {
        this.root = root;
        this.reader = reader;
        this.settling = settling;
    }

    /// All of them, in their order.
    Collection<ManifestFile> all() {
        return files.values();
    }

    /// Whether one of them lies in the folder.
    boolean anyIn(Path folder) {
        return Optional.ofNullable(files.higherKey(folder))
                .filter(file -> file.startsWith(folder))
                .isPresent();
    }

    /// Whether any has got another text or other documents since the last call of this.
    boolean changed() {
        boolean since = changed;
        changed = false;
        return since;
    }

    /// Reads those that may be others by now.
    ///
    /// @param found all that there are
    void look(Map<Path, Stamp> found) {
        List.copyOf(files.keySet()).stream()
                .filter(file -> !found.containsKey(file))
                .forEach(this::look);
        found.forEach((file, stamp) -> {
            ManifestFile before = files.get(file);
            if (before == null || !before.holdsFor(stamp)) {
                look(file);
            }
        });
    }

    /// Reads one.
    void look(Path file) {
        RawFile now = RawFile.read(file);
        now.unfinishedAfter(Optional.ofNullable(files.get(file)).map(ManifestFile::text))
                .ifPresentOrElse(rest -> settling.unfinished(file, now.stamp(), rest), () -> take(file, now));
    }

    /// Reads those that looked unfinished and have been left alone, and takes them as they are.
    void takeLeftAlone() {
        settling.leftAlone().forEach(this::take);
    }

    /// Reads one and takes it as it is.
    void take(Path file) {
        take(file, RawFile.read(file));
    }

    private void take(Path file, RawFile now) {
        if (now.missing() && !file.equals(root)) {
            note(file, files.remove(file) == null);
        } else {
            Optional<ManifestFile> before = Optional.ofNullable(files.get(file));
            FileText text = before.map(old -> reader.read(old.text(), now.bytes()))
                    .orElseGet(() -> reader.read(file.toString(), now.bytes()));
            ManifestFile taken = new ManifestFile(now.stamp(), now.refusals(), text);
            files.put(file, taken);
            note(file, before.filter(taken::saysTheSameAs).isPresent());
        }
    }

    /// Reads again what depends on files elsewhere, such as those of secrets, which may be others at any time.
    void again() {
        files.replaceAll((file, before) -> {
            if (before.text().fixed()) {
                return before;
            }
            ManifestFile now = before.with(reader.again(before.text()));
            note(file, now.saysTheSameAs(before));
            return now;
        });
    }

    private void note(Path file, boolean same) {
        if (same) {
            settling.unchanged(file);
        } else {
            changed = true;
            settling.changed(file);
        }
    }
}
