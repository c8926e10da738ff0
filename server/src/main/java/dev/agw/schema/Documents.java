package dev.agw.schema;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        return bytes(file).map(bytes -> parse(file.toString(), bytes)).orElse(List.of());
    }

    /// The documents in `text`; JSON if `source` ends in `.json`, else YAML.
    public List<Node> parse(String source, String text) {
        return parse(source, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Node> parse(String source, byte[] text) {
        return Parts.of(source, text).stream()
                .flatMap(part -> parse(source, text, part).stream())
                .toList();
    }

    /// The documents in a part of a text: one, as a rule.
    public List<Node> parse(String source, byte[] text, Part part) {
        try {
            String plain = plain(text, part);
            return source.endsWith(".json")
                    ? new JsonDocuments(source, problems).read(plain)
                    : new YamlDocuments(source, part.line(), problems).read(plain);
        } catch (CharacterCodingException e) {
            problems.error(new Position(source, part.line(), 1), FieldPath.TOP, "no text in UTF-8", "");
            return List.of();
        }
    }

    /// The text without the mark that some editors put in front of it.
    private static String plain(byte[] text, Part part) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.wrap(text, part.from(), part.to() - part.from());
        String plain = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        return plain.startsWith("\uFEFF") ? plain.substring(1) : plain;
    }

    /// What a file holds; empty if it cannot be read, which is then among the problems.
    public Optional<byte[]> bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size <= MOST_BYTES) {
                return Optional.of(Files.readAllBytes(file));
            }
            return refused(file, "expected at most 5 MB, found " + (size >> 10) + " KB", "split it into several files");
        } catch (NoSuchFileException e) {
            return refused(file, "no such file", "");
        } catch (IOException e) {
            return refused(file, "not readable: " + e.getMessage(), "");
        }
    }

    private Optional<byte[]> refused(Path file, String message, String hint) {
        problems.error(Position.of(file.toString()), FieldPath.TOP, message, hint);
        return Optional.empty();
    }
}
