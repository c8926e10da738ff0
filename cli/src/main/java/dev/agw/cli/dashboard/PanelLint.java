package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.DashboardSource.PanelSource;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.render.Watch;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Nearest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// What a panel must have, beside its expressions: the rules of Grafana's own dashboard-linter on panels, and that
/// what it says of an alert is so.
///
/// @param told takes the name of a field, and what is wrong with it
record PanelLint(BiConsumer<String, String> told) {
    void panel(Panel panel, Watch watch) {
        words(panel.source());
        unit(panel);
        if (panel.source().alert().isPresent() && !panel.targets().isEmpty()) {
            alert(panel, watch);
        }
    }

    private void words(PanelSource panel) {
        filled("title", panel.title());
        filled("description", panel.description());
        boolean named = panel.kind() == Kind.states || panel.kind() == Kind.stat;
        if (!panel.states().isEmpty() && !named) {
            told.accept("states", "a " + panel.kind() + " does not name values: expected kind states or stat");
        }
    }

    private void filled(String field, String text) {
        if (text.isBlank()) {
            told.accept(field, "expected some words");
        }
    }

    private void unit(Panel panel) {
        String unit = panel.source().unit();
        if (!Units.KNOWN.contains(unit)) {
            told.accept("unit", "unknown unit \"" + unit + "\"; " + Nearest.hint(unit, Units.KNOWN));
            return;
        }
        Optional<Watch.Limit> limit = panel.limit();
        if (limit.isPresent() && !Units.fit(unit, limit.get().unit())) {
            told.accept("unit", "a line at " + limit.get().unit().example() + " means nothing in the unit " + unit);
        }
    }

    /// A panel that names an alert shows what it looks at.
    private void alert(Panel panel, Watch watch) {
        Set<String> shown = new HashSet<>();
        panel.targets().forEach(target -> shown.addAll(names(target.expr())));
        if (!shown.isEmpty() && Collections.disjoint(shown, watch.metrics())) {
            told.accept(
                    "alert",
                    "the panel asks for none of what the alert asks for, which is "
                            + String.join(
                                    ", ", watch.metrics().stream().sorted().toList()));
        }
    }

    private static List<String> names(String expr) {
        try {
            return Expression.of(expr).names();
        } catch (InvalidValueException broken) {
            return List.of(); // which is a finding of its own
        }
    }
}
