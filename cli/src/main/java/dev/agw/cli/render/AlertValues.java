package dev.agw.cli.render;

import dev.agw.cli.operations.AlertSettings;
import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.operations.Severity;
import dev.agw.schema.Field;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Problem;
import dev.agw.schema.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What holds for one alert: what its rule says, and over it what the file of values says.
///
/// @param hold how long it must be true
/// @param values an [Amount] or a [String] each, by name, in the order of the rule
record AlertValues(
        boolean enabled,
        Duration hold,
        Optional<Duration> keepFiringFor,
        Severity severity,
        Map<String, String> labels,
        Map<String, Object> values) {
    /// What every alert has; the others are values.
    private static final Set<String> COMMON = Set.of("enabled", "for", "keepFiringFor", "severity", "labels");

    private static final String LABEL = "[a-zA-Z_]\\w*";

    /// The values of `source`; what `settings` has that the alert has no use for is a problem.
    static AlertValues of(RuleSource source, Reading reading, Operations operations, List<Problem> problems) {
        Map<String, Object> values = defaults(source);
        Optional<AlertSettings> given = Optional.ofNullable(operations.alerts().get(source.name()));
        given.ifPresent(settings -> {
            FieldPath path = FieldPath.TOP.field("alerts").field(source.name());
            settings.labels().keySet().stream()
                    .filter(label -> !label.matches(LABEL))
                    .forEach(label -> problems.add(reading.error(
                            path.field("labels").field(label), "expected a label such as team, found " + label, "")));
            written(settings).forEach((name, value) -> {
                Optional<String> refusal = refusal(source, values, name, value);
                refusal.ifPresent(why -> problems.add(reading.error(path.field(name), why, "")));
                if (refusal.isEmpty()) {
                    values.put(name, value);
                }
            });
        });
        return new AlertValues(
                given.map(AlertSettings::enabled).orElse(true),
                given.flatMap(AlertSettings::hold).orElse(source.hold()),
                given.flatMap(AlertSettings::keepFiringFor),
                given.flatMap(AlertSettings::severity).orElse(source.severity()),
                given.map(AlertSettings::labels).orElse(Map.of()),
                values);
    }

    /// The default of each value that the alert has, in the order of the settings.
    static Map<String, Object> defaults(RuleSource source) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : Shape.of(AlertSettings.class).names()) {
            Optional.ofNullable(source.values().get(name))
                    .ifPresent(text -> values.put(name, textual(name) ? text : Amount.parse(text)));
        }
        return values;
    }

    private static boolean textual(String name) {
        return name.equals("models") || name.equals("excludeModels");
    }

    private static Map<String, Object> written(AlertSettings settings) {
        Shape shape = Shape.of(AlertSettings.class);
        Map<String, Object> written = new LinkedHashMap<>();
        List<Field> fields = shape.fields();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            if (!COMMON.contains(name) && shape.values(settings).get(i) instanceof Optional<?> value) {
                value.ifPresent(some -> written.put(name, some));
            }
        }
        return written;
    }

    private static Optional<String> refusal(
            RuleSource source, Map<String, Object> defaults, String name, Object value) {
        Object usual = defaults.get(name);
        if (usual == null) {
            String has = defaults.isEmpty() ? "no values" : String.join(", ", defaults.keySet());
            return Optional.of(source.name() + " has no " + name + "; it has " + has);
        }
        if (usual instanceof Amount amount && value instanceof Amount given && amount.unit() != given.unit()) {
            return Optional.of("expected " + amount.unit().example() + ", found \"" + given + "\"");
        }
        if (value instanceof Amount given) {
            return AlertLimits.refusal(name, given);
        }
        if (value instanceof String pattern && NameExample.of(pattern).isEmpty()) {
            return Optional.of("expected an expression that begins with a name it matches, such as gpt-4.*, found \""
                    + pattern + "\"");
        }
        return Optional.empty();
    }

    /// Errors for alerts that there are none of.
    static List<Problem> unknown(RuleSources sources, Reading reading, Operations operations) {
        List<Problem> problems = new ArrayList<>();
        for (String name : operations.alerts().keySet()) {
            if (sources.find(name).isEmpty()) {
                FieldPath path = FieldPath.TOP.field("alerts").field(name);
                problems.add(reading.error(path, "unknown alert", Nearest.hint(name, sources.names())));
            }
        }
        return problems;
    }

    /// The numbers among them, by name, with `for`.
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("for", Amount.of(hold).value());
        values.forEach((name, value) -> {
            if (value instanceof Amount amount) {
                numbers.put(name, amount.value());
            }
        });
        return numbers;
    }
}
