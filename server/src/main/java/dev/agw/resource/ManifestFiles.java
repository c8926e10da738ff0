package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Position;
import dev.agw.schema.Problems;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the files of a folder: `*.yaml`, `*.yml` and `*.json`, in it and in its folders, by name.
///
/// Links are followed and names that begin with a dot left out: a mounted ConfigMap is a folder of links into
/// `..data`, and each file would otherwise be found twice.
final class ManifestFiles {
    private static final int DEEPEST = 2;

    private ManifestFiles() {}

    static List<Path> below(Path path, Problems problems) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        collect(path, 1, files, problems);
        if (files.isEmpty()) {
            problems.warning(Position.of(path.toString()), FieldPath.TOP, "no manifests", "they end in .yaml or .json");
        }
        return files;
    }

    private static void collect(Path folder, int depth, List<Path> files, Problems problems) {
        for (Path path : entries(folder, problems)) {
            if (Files.isRegularFile(path) && manifest(path.getFileName().toString())) {
                files.add(path);
            } else if (Files.isDirectory(path) && depth < DEEPEST) {
                collect(path, depth + 1, files, problems);
            }
        }
    }

    private static List<Path> entries(Path folder, Problems problems) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            problems.error(Position.of(folder.toString()), FieldPath.TOP, "not readable: " + e.getMessage(), "");
        }
        entries.removeIf(path -> path.getFileName().toString().startsWith("."));
        entries.sort(Comparator.naturalOrder());
        return entries;
    }

    private static boolean manifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
