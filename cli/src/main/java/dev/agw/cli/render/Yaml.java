package dev.agw.cli.render;

/// Lines of YAML with comments, written by hand because no library keeps comments.
public final class Yaml {
    private static final int WIDTH = 116;

    private final StringBuilder text = new StringBuilder();

    /// A line, so deep.
    public Yaml line(int depth, String line) {
        text.append(line.isEmpty() ? "" : "  ".repeat(depth) + line).append('\n');
        return this;
    }

    /// A comment, over several lines if it is long.
    public Yaml comment(int depth, String comment) {
        StringBuilder line = new StringBuilder("#");
        for (String word : comment.strip().split("\\s+", -1)) {
            if (line.length() > 1 && line.length() + word.length() + 1 > WIDTH - 2 * depth) {
                line(depth, line.toString());
                line.setLength(1);
            }
            line.append(' ').append(word);
        }
        return line(depth, line.toString());
    }

    /// A text of several lines, kept as it is.
    public Yaml block(int depth, String key, String content) {
        line(depth, key + ": |");
        content.strip().lines().forEach(line -> line(depth + 1, line));
        return this;
    }

    /// A text in quotes.
    public Yaml quoted(int depth, String key, String value) {
        return line(depth, key + ": " + quote(value));
    }

    /// The text in quotes.
    public static String quote(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
