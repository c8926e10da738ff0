package dev.agw.schema;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads files of YAML or JSON into nodes. What cannot be read is a problem, not an exception.
public final class Documents {
    /// Files above this are refused.
    public static final long MOST_BYTES = 5L << 20;

    private final Problems problems;

    public Documents(Problems problems) {
        this.problems = problems;
    }

    /// The documents of a file; JSON if its name ends so, else YAML.
    public List<Node> read(Path file) {
        return text(file).map(text -> parse(file.toString(), text)).orElse(List.of());
    }

    /// The documents in `text`; JSON if `source` ends in `.json`, else YAML.
    public List<Node> parse(String source, String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return source.endsWith(".json")
                ? new JsonDocuments(source, problems).read(plain)
                : new YamlDocuments(source, problems).read(plain);
    }

    private Optional<String> text(Path file) {
        try {
            long size = Files.size(file);
            if (size <= MOST_BYTES) {
                return Optional.of(Files.readString(file));
            }
            return refused(file, "expected at most 5 MB, found " + (size >> 10) + " KB", "split it into several files");
        } catch (NoSuchFileException e) {
            return refused(file, "no such file", "");
        } catch (CharacterCodingException e) {
            return refused(file, "no text in UTF-8", "");
        } catch (IOException e) {
            return refused(file, "not readable: " + e.getMessage(), "");
        }
    }

    private Optional<String> refused(Path file, String message, String hint) {
        problems.error(Position.of(file.toString()), FieldPath.TOP, message, hint);
        return Optional.empty();
    }
}
