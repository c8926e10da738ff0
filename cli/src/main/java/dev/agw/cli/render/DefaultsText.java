package dev.agw.cli.render;

import dev.agw.cli.operations.AlertSettings;
import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Numbers;
import dev.agw.cli.operations.Operations;
import dev.agw.schema.Field;
import dev.agw.schema.FieldType;
import dev.agw.schema.Shape;

/// The file of values with every default and what it means; reading it gives what an empty file gives.
public final class DefaultsText {
    private static final String HEAD = """
            # How the gateways are run and watched: the values for agw render, render-alerts, check-upgrade and their like.
            # Every value here is the default, so a line may be left out. agw render --print-defaults prints this file.
            #
            # Times: 30s, 5m, 1h30m, and 30d in alerts. Shares: 5%. Memory: 512Mi. Rates: 0.5/s. Money: 10 USD/h.
            """;

    private final Yaml yaml = new Yaml();

    private DefaultsText() {}

    /// The file.
    public static String of(RuleSources sources) {
        DefaultsText text = new DefaultsText();
        text.structure(0, Shape.of(Operations.class), true);
        text.alerts(sources);
        return HEAD + text.yaml;
    }

    private void structure(int depth, Shape shape, boolean top) {
        for (Field field : shape.fields()) {
            if (top) {
                yaml.line(0, "");
            }
            yaml.comment(depth, field.doc().value());
            if (field.type() instanceof FieldType.Structure inner) {
                yaml.line(depth, field.name() + ":");
                structure(depth + 1, Shape.of(inner.type()), false);
            } else if (!top || !field.name().equals("alerts")) {
                yaml.line(depth, value(field));
            }
        }
    }

    private static String value(Field field) {
        return switch (field.type()) {
            case FieldType.Maybe m -> "# " + field.name() + ":";
            case FieldType.ListOf l -> field.name() + ": []";
            case FieldType.MapOf m -> field.name() + ": {}";
            case FieldType.Text t -> field.name() + ": " + text(field.doc().byDefault());
            case FieldType scalar -> field.name() + ": " + plain(field.doc().byDefault());
        };
    }

    private static String plain(String value) {
        return value.startsWith(".") || value.contains("{") || value.contains("|") ? Yaml.quote(value) : value;
    }

    private static String text(String value) {
        return value.matches("[A-Za-z][\\w./:-]*") ? value : Yaml.quote(value);
    }

    private void alerts(RuleSources sources) {
        Shape settings = Shape.of(AlertSettings.class);
        settings.fields()
                .forEach(field ->
                        yaml.comment(0, "  " + field.name() + ": " + field.doc().value()));
        yaml.line(0, "alerts:");
        for (RuleSource source : sources.all()) {
            yaml.comment(1, source.summary());
            yaml.line(1, source.name() + ":").line(2, "enabled: true");
            yaml.line(2, "for: " + Numbers.time(Amount.of(source.hold()).value()));
            yaml.line(2, "severity: " + source.severity());
            AlertValues.defaults(source).forEach((name, value) -> yaml.line(2, name + ": " + written(value)));
        }
    }

    private static String written(Object value) {
        return value instanceof String text ? Yaml.quote(text) : value.toString();
    }
}
