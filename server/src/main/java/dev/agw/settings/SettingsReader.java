package dev.agw.settings;

import dev.agw.schema.Binder;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * What overrides the file is put over its nodes before they are bound, so that a problem names the file's line, or the
 * variable or property that it comes from.
 */
/// Reads the settings: from system properties (`agw.limits.headerBytes`), else environment variables
/// (`AGW_LIMITS_HEADER_BYTES`: the path in upper case, words and steps joined by `_`), else the file, else the
/// defaults.
///
/// Strict: unknown keys of the file and unknown properties under `agw.` are errors. Unknown variables are left alone,
/// as clusters set variables of their own (`AGW_SERVICE_HOST`); one that is nearly right is a warning.
public final class SettingsReader {
    private static final String PROPERTY = "agw.";
    private static final String VARIABLE = "AGW_";

    private final Map<String, String> environment;
    private final Map<String, String> properties;

    /// @param environment variables of the process
    /// @param properties system properties
    public SettingsReader(Map<String, String> environment, Map<String, String> properties) {
        this.environment = Map.copyOf(environment);
        this.properties = Map.copyOf(properties);
    }

    /// Reads `file`, and what overrides it.
    public LoadedSettings read(Path file) {
        Problems problems = new Problems();
        return settings(new Documents(problems).read(file), problems);
    }

    /// Reads `text` as if it stood in the file `source`, and what overrides it.
    public LoadedSettings parse(String source, String text) {
        Problems problems = new Problems();
        return settings(new Documents(problems).parse(source, text), problems);
    }

    /// The settings without a file.
    public LoadedSettings defaults() {
        return parse("agw.yaml", "");
    }

    private LoadedSettings settings(List<Node> documents, Problems problems) {
        if (documents.size() > 1) {
            problems.error(documents.get(1).at(), FieldPath.TOP, "expected one document, found another", "");
        }
        Node file = documents.isEmpty() ? new Node.Mapping(Position.of("agw.yaml"), List.of()) : documents.get(0);
        Binder binder = new Binder(Map.of(Address.class, (text, at) -> Address.parse(text)), problems);
        Node merged = file instanceof Node.Mapping mapping ? merged(mapping, problems) : file;
        Optional<AgwSettings> settings = binder.bind(AgwSettings.class, merged, FieldPath.TOP);
        List<Problem> all = problems.all();
        return new LoadedSettings(all.stream().anyMatch(Problem::error) ? Optional.empty() : settings, all);
    }

    private Node merged(Node.Mapping file, Problems problems) {
        Map<String, Overlay.Value> over = new LinkedHashMap<>(variables(problems));
        over.putAll(overrides());
        return new Overlay(over).over(file);
    }

    private Map<String, Overlay.Value> overrides() {
        Map<String, Overlay.Value> overrides = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(PROPERTY)) {
                overrides.put(name.substring(PROPERTY.length()), new Overlay.Value(value, "system property " + name));
            }
        });
        return overrides;
    }

    private Map<String, Overlay.Value> variables(Problems problems) {
        Map<String, String> known = SettingNames.byVariable();
        Map<String, Overlay.Value> variables = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            String path = known.get(name);
            if (path != null) {
                variables.put(path, new Overlay.Value(value, "environment variable " + name));
            } else if (name.startsWith(VARIABLE)) {
                Nearest.name(name, known.keySet())
                        .ifPresent(meant -> problems.warning(
                                Position.of("environment variable " + name),
                                FieldPath.TOP,
                                "no such setting",
                                "did you mean " + meant + "?"));
            }
        });
        return variables;
    }
}
