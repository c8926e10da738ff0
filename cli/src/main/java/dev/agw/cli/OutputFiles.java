package dev.agw.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a renderer's results go.
record OutputFiles(Console console) {
    /// Writes `text` to that file, or to standard output.
    void write(Optional<Path> file, String text) {
        if (file.isPresent()) {
            writeFile(file.get(), text);
        } else {
            console.out().print(text);
            console.out().flush();
        }
    }

    /// Writes files by name into a folder, which is made if it is not there, as are those that names begin with.
    void writeAll(Path folder, Map<String, String> files) {
        files.forEach((name, text) -> {
            Path file = folder.resolve(name);
            makeFolder(file.resolveSibling(""));
            writeFile(file, text);
        });
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw refused(folder, e);
        }
    }

    private static void writeFile(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    private static CommandException refused(Path path, IOException why) {
        return new CommandException(ExitCode.USAGE, "cannot write to " + path + ": " + why.getMessage(), why);
    }
}
