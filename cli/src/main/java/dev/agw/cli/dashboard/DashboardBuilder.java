package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.DashboardSource.PanelSource;
import dev.agw.cli.dashboard.DashboardSource.RowSource;
import dev.agw.cli.operations.Operations;
import dev.agw.schema.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Fills one dashboard in. Its headings and panels are numbered and placed in the order of its file.
final class DashboardBuilder {
    private final SourceFile file;
    private final Shared shared;
    private final PanelBuilder panels;
    private final Layout layout = new Layout();
    private final Set<String> titles = new HashSet<>();
    private int ids;

    DashboardBuilder(SourceFile file, Shared shared) {
        this.file = file;
        this.shared = shared;
        this.panels = new PanelBuilder(file, shared);
    }

    Dashboard build() {
        DashboardSource source = file.source();
        Operations operations = shared.operations();
        if (!source.name().matches("[a-z]{1,10}")) {
            refuse(FieldPath.TOP.field("dashboard"), "expected up to ten small letters, found " + source.name());
        }
        return new Dashboard(
                source.name(),
                operations.dashboards().uidPrefix() + source.name(),
                source.title(),
                source.description(),
                Variable.all(operations.monitoring().clusterLabel()),
                Annotations.all(shared),
                rows(source.rows()),
                operations.dashboards());
    }

    private void refuse(FieldPath path, String message) {
        shared.problems().add(file.error(path, message, ""));
    }

    private List<Dashboard.Row> rows(List<RowSource> sources) {
        List<Dashboard.Row> rows = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            rows.add(row(sources.get(i), FieldPath.TOP.field("rows").item(i).field("panels")));
        }
        return rows;
    }

    private Dashboard.Row row(RowSource source, FieldPath path) {
        int id = ++ids;
        GridPos heading = layout.heading();
        List<Panel> filled = new ArrayList<>();
        for (int i = 0; i < source.panels().size(); i++) {
            filled.add(panel(source.panels().get(i), path.item(i)));
        }
        return new Dashboard.Row(id, source.title(), heading, filled);
    }

    private Panel panel(PanelSource source, FieldPath path) {
        if (!titles.add(source.title())) {
            refuse(path.field("title"), "another panel is called so, too");
        }
        GridPos place = layout.place(source.width(), source.kind().height());
        return panels.panel(source, path, ++ids, place);
    }
}
