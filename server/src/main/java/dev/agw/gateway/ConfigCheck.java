package dev.agw.gateway;

import dev.agw.resource.Manifests;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import java.util.List;
import java.util.Map;

/// Compiles manifests without serving them, to say what a running gateway would say of them.
public final class ConfigCheck {
    /// What is told of the set as a whole stands in no file.
    private static final Position WHOLE_SET = Position.of("(the whole set)");

    private ConfigCheck() {}

    /// What could be read and would not, or not fully, be obeyed; beyond the problems that reading found.
    public static List<Problem> problems(Manifests manifests) {
        AgwSettings defaults =
                new SettingsReader(Map.of(), Map.of()).defaults().settings().orElseThrow();
        return Compiler.compile(manifests.resources(), new LongLived(defaults)).warnings().stream()
                .map(warning -> Problem.warning(WHOLE_SET, FieldPath.TOP, warning, ""))
                .toList();
    }
}
