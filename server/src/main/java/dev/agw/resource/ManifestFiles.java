package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Position;
import dev.agw.schema.Problems;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the files of a folder: `*.yaml`, `*.yml` and `*.json`, in it and in its folders, by name.
///
/// Links are followed and names that begin with a dot left out: a mounted ConfigMap is a folder of links into
/// `..data`, and each file would otherwise be found twice.
final class ManifestFiles {
    /// The order in which files are read: by name, those of a folder where the folder stands.
    static final Comparator<Path> ORDER = (one, other) -> compare(one.toString(), other.toString());

    private static final int DEEPEST = 2;

    private ManifestFiles() {}

    /// The files and their stamps, in the order they are read.
    static Map<Path, Stamp> below(Path root, Problems problems) {
        Map<Path, Stamp> files = new LinkedHashMap<>();
        if (!Files.isDirectory(root)) {
            files.put(root, Stamp.of(root));
            return files;
        }
        collect(root, 1, files, problems);
        if (files.isEmpty()) {
            problems.warning(Position.of(root.toString()), FieldPath.TOP, "no manifests", "they end in .yaml or .json");
        }
        return files;
    }

    /// Whether a file of that name would be found.
    static boolean finds(Path root, Path file) {
        Optional<Path> folder = Optional.ofNullable(file.getParent());
        boolean near = folder.equals(Optional.of(root))
                || folder.filter(sub -> !hidden(sub)).map(Path::getParent).equals(Optional.of(root));
        return file.equals(root) || (near && named(file));
    }

    private static boolean named(Path file) {
        return !hidden(file) && extended(file);
    }

    /// Whether the name ends like that of a manifest.
    static boolean extended(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static void collect(Path folder, int depth, Map<Path, Stamp> files, Problems problems) {
        for (Path path : entries(folder, problems)) {
            Optional<BasicFileAttributes> found = Stamp.attributes(path);
            if (found.filter(BasicFileAttributes::isRegularFile).isPresent() && named(path)) {
                files.put(path, Stamp.of(found.get()));
            } else if (found.filter(BasicFileAttributes::isDirectory).isPresent() && depth < DEEPEST) {
                collect(path, depth + 1, files, problems);
            }
        }
    }

    private static List<Path> entries(Path folder, Problems problems) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, path -> !hidden(path))) {
            all.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            problems.error(Position.of(folder.toString()), FieldPath.TOP, "not readable: " + e.getMessage(), "");
        }
        entries.sort(ORDER);
        return entries;
    }

    /// Compares names one by one: what ends a name comes before any character that could be in one.
    private static int compare(String one, String other) {
        int same = 0;
        int shorter = Math.min(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same == shorter ? one.length() - other.length() : rank(one.charAt(same)) - rank(other.charAt(same));
    }

    private static int rank(char c) {
        return c == '/' ? -1 : c;
    }
}
