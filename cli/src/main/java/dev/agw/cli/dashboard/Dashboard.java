package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Dashboards;
import java.util.List;

/// A dashboard with everything filled in.
///
/// @param name what it is asked for by: `overview`
/// @param uid by which Grafana knows it, whatever it is called
/// @param settings what holds for all dashboards
record Dashboard(
        String name,
        String uid,
        String title,
        String description,
        List<Variable> variables,
        List<Annotation> annotations,
        List<Row> rows,
        Dashboards settings) {
    Dashboard {
        variables = List.copyOf(variables);
        annotations = List.copyOf(annotations);
        rows = List.copyOf(rows);
    }

    List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }

    /// Panels under one heading.
    record Row(int id, String title, GridPos place, List<Panel> panels) {
        Row {
            panels = List.copyOf(panels);
        }
    }

    /// Marks in all panels.
    record Annotation(String name, String expr, String color, String text) {}
}
