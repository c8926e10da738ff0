package dev.agw.cli.manifest;

import dev.agw.cli.render.Yaml;
import java.util.List;
import java.util.regex.Pattern;

/// Writes trees as YAML, plainly or as a template of a Helm chart.
final class YamlText {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z/](?:[\\w./:-]*[\\w/])?");

    /// What YAML 1.1 takes for something other than a text.
    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    /// A text of lines that a block keeps as it is.
    private static final Pattern BLOCK = Pattern.compile("\\p{Graph}[\\P{Cntrl}\\n]*\\S\\n");

    private final boolean chart;
    private final Yaml yaml = new Yaml();

    private YamlText(boolean chart) {
        this.chart = chart;
    }

    static String plain(Tree tree) {
        return text(false, tree);
    }

    /// With actions of Helm where values go.
    static String template(Tree tree) {
        return text(true, tree);
    }

    /// A comment in its lines.
    static String comment(String comment) {
        return comment.isEmpty() ? "" : new Yaml().comment(0, comment).toString();
    }

    private static String text(boolean chart, Tree tree) {
        YamlText text = new YamlText(chart);
        text.fields(0, tree);
        return text.yaml.toString();
    }

    private void fields(int depth, Tree tree) {
        tree.fields().forEach((key, value) -> field(depth, key(key), value));
    }

    private void field(int depth, String key, Object value) {
        switch (value) {
            case Mark.Note note -> {
                yaml.comment(depth, note.comment());
                field(depth, key, note.value());
            }
            case Tree tree
            when !tree.fields().isEmpty() -> {
                yaml.line(depth, key + ":");
                fields(depth + 1, tree);
            }
            case List<?> list -> {
                yaml.line(depth, key + ":");
                list.forEach(item -> item(depth + 1, item));
            }
            case Mark.Text text -> text(depth, key, text);
            case String text when BLOCK.matcher(text).matches() -> yaml.block(depth, key, literal(text));
            default -> yaml.line(depth, key + ": " + scalar(value));
        }
    }

    private void item(int depth, Object item) {
        if (!(item instanceof Tree tree)) {
            yaml.line(depth, "- " + scalar(item));
            return;
        }
        YamlText inner = new YamlText(chart);
        inner.fields(depth + 1, tree);
        // The dash takes the place of the indentation of the first field.
        yaml.line(depth, "- " + inner.yaml.toString().strip());
    }

    private void text(int depth, String key, Mark.Text text) {
        if (chart) {
            yaml.line(depth, key + ": {{ include \"agw.settings\" . | quote }}");
        } else {
            yaml.block(depth, key, text.plain());
        }
    }

    private String scalar(Object value) {
        return switch (value) {
            case Mark.Raw raw -> raw.text();
            case Mark.Slot slot -> chart ? action(slot) : scalar(slot.filled());
            case Mark.Computed computed -> chart ? computed.expression() : scalar(computed.value());
            case Tree none -> "{}";
            case String text -> literal(quoted(text));
            default -> value.toString();
        };
    }

    /// Texts are quoted: `toYaml` breaks long ones into lines, which end the field they stand in.
    private static String action(Mark.Slot slot) {
        String reference = ".Values." + slot.key();
        if (!slot.suffix().isEmpty()) {
            return "\"{{ " + reference + " }}" + slot.suffix() + '"';
        }
        return switch (slot.kind()) {
            case TEXT -> "{{ " + reference + " | quote }}";
            case WHOLE, COUNT_OR_SHARE -> "{{ toYaml " + reference + " }}";
        };
    }

    /// Braces that are no action of Helm.
    private String literal(String text) {
        return chart ? text.replace("{{", "{{`{{`}}") : text;
    }

    private static String key(String key) {
        return quoted(key);
    }

    private static String quoted(String text) {
        return SAFE.matcher(text).matches() && !WORD.matcher(text).matches() ? text : Yaml.quote(text);
    }
}
