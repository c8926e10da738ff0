package dev.agw.settings;

import dev.agw.schema.Binder;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * Helidon Config settles which of the overriding sources wins, but it knows nothing of lines, forgets keys that occur
 * twice and passes unknown ones over. So the file is read into nodes, what the config says is put over them, and the
 * nodes are bound: a problem then names the file's line, or the variable or property that it comes from.
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
        Map<String, String> origins = new HashMap<>();
        Map<String, String> variables = variables(origins, problems);
        Map<String, String> overrides = overrides(origins);
        Config config = config(overrides, variables);
        return new Overlay(origins).over(file, config);
    }

    private static Config config(Map<String, String> first, Map<String, String> second) {
        return Config.builder()
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableValueResolving()
                .disableKeyResolving()
                .sources(ConfigSources.create(first), ConfigSources.create(second))
                .build();
    }

    private Map<String, String> overrides(Map<String, String> origins) {
        Map<String, String> overrides = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(PROPERTY)) {
                String path = name.substring(PROPERTY.length());
                overrides.put(path, value);
                origins.put(path, "system property " + name);
            }
        });
        return overrides;
    }

    private Map<String, String> variables(Map<String, String> origins, Problems problems) {
        Map<String, String> known = SettingNames.byVariable();
        Map<String, String> variables = new HashMap<>();
        environment.forEach((name, value) -> {
            String path = known.get(name);
            if (path != null) {
                variables.put(path, value);
                origins.put(path, "environment variable " + name);
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
