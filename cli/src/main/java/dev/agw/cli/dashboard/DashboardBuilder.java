package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.DashboardSource.PanelSource;
import dev.agw.cli.dashboard.DashboardSource.QuerySource;
import dev.agw.cli.dashboard.DashboardSource.RowSource;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.Watch;
import dev.agw.cli.render.Watches;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Fills one dashboard in, and refuses panels that could show nothing.
final class DashboardBuilder {
    private final SourceFile file;
    private final Reading reading;
    private final Operations operations;
    private final Watches watches;
    private final Catalogue catalogue;
    private final Filters filters;
    private final ExprLint lint;
    private final Layout layout = new Layout();
    private final List<Problem> problems;
    private final Set<String> titles = new HashSet<>();
    private int ids;

    /// What all dashboards of a rendering share.
    ///
    /// @param problems takes what is wrong
    record Shared(
            Reading reading, Operations operations, Watches watches, Catalogue catalogue, List<Problem> problems) {}

    DashboardBuilder(SourceFile file, Shared shared) {
        this.file = file;
        this.reading = shared.reading();
        this.operations = shared.operations();
        this.watches = shared.watches();
        this.catalogue = shared.catalogue();
        this.problems = shared.problems();
        this.filters = new Filters(operations.monitoring(), catalogue);
        this.lint = new ExprLint(filters);
    }

    Dashboard build() {
        DashboardSource source = file.source();
        if (!source.name().matches("[a-z]{1,10}")) {
            refuse(FieldPath.TOP.field("dashboard"), "expected up to ten small letters, found " + source.name());
        }
        return new Dashboard(
                source.name(),
                operations.dashboards().uidPrefix() + source.name(),
                source.title(),
                source.description(),
                Variable.all(operations.monitoring().clusterLabel()),
                annotations(),
                rows(source.rows()),
                operations.dashboards());
    }

    private void refuse(FieldPath path, String message) {
        problems.add(file.error(path, message, ""));
    }

    private List<Dashboard.Annotation> annotations() {
        List<Dashboard.Annotation> filled = new ArrayList<>();
        for (Dashboard.Annotation mark : Annotations.ALL) {
            String expr = filters.narrow(watches.none().fill(mark.expr()));
            lint.findings(expr).forEach(finding -> {
                throw new IllegalStateException("the distribution is broken: " + finding);
            });
            filled.add(new Dashboard.Annotation(mark.name(), expr, mark.color(), mark.text()));
        }
        return filled;
    }

    private List<Dashboard.Row> rows(List<RowSource> sources) {
        List<Dashboard.Row> rows = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            RowSource source = sources.get(i);
            int id = ++ids;
            GridPos heading = layout.heading();
            FieldPath path = FieldPath.TOP.field("rows").item(i).field("panels");
            List<Panel> panels = new ArrayList<>();
            for (int j = 0; j < source.panels().size(); j++) {
                panels.add(panel(source.panels().get(j), path.item(j)));
            }
            rows.add(new Dashboard.Row(id, source.title(), heading, panels));
        }
        return rows;
    }

    private Panel panel(PanelSource source, FieldPath path) {
        Watch watch = source.alert().map(name -> watch(name, path)).orElse(watches.none());
        List<Panel.Target> targets = targets(source, watch, path);
        Panel panel = new Panel(
                ++ids,
                source,
                layout.place(source.width(), source.kind().height()),
                targets,
                owner(targets),
                source.pending().or(() -> pending(targets)).or(watch::pending),
                limit(source, watch, path));
        new PanelLint((field, message) -> refuse(path.field(field), message)).panel(panel, watch);
        if (!titles.add(source.title())) {
            refuse(path.field("title"), "another panel is called so, too");
        }
        return panel;
    }

    private Watch watch(String alert, FieldPath path) {
        Optional<Watch> watch = watches.find(alert);
        if (watch.isEmpty()) {
            String hint = Nearest.hint(alert, watches.names());
            problems.add(file.error(path.field("alert"), "unknown alert", hint));
        }
        return watch.orElse(watches.none());
    }

    private Optional<Watch.Limit> limit(PanelSource source, Watch watch, FieldPath path) {
        if (source.line().isEmpty()) {
            return watch.limit();
        }
        String line = source.line().get();
        if (!watch.names().contains(line)) {
            refuse(path.field("line"), "expected a value of the alert: " + String.join(", ", watch.names()));
        }
        return watch.limit(line);
    }

    private List<Panel.Target> targets(PanelSource source, Watch watch, FieldPath path) {
        List<Panel.Target> targets = new ArrayList<>();
        if (source.queries().isEmpty()) {
            refuse(path, "a panel without queries shows nothing");
        }
        for (int i = 0; i < source.queries().size(); i++) {
            QuerySource query = source.queries().get(i);
            FieldPath at = path.field("queries").item(i).field("expr");
            String refId = String.valueOf((char) ('A' + i));
            expr(query, watch, at).ifPresent(expr -> {
                lint.findings(expr).forEach(finding -> problems.add(finding(source, at, finding)));
                targets.add(new Panel.Target(refId, expr, query.legend()));
            });
        }
        return targets;
    }

    /// Where it went wrong: in the values, if the alert of the panel has some, else in the source.
    private Problem finding(PanelSource source, FieldPath at, String finding) {
        Optional<String> valued =
                source.alert().filter(alert -> operations.alerts().containsKey(alert));
        return valued.map(alert -> reading.error(FieldPath.TOP.field("alerts").field(alert), finding, ""))
                .orElseGet(() -> file.error(at, finding, ""));
    }

    private Optional<String> expr(QuerySource query, Watch watch, FieldPath at) {
        try {
            Optional<String> expr = query.expr().map(watch::fill).or(watch::expr);
            if (expr.isEmpty()) {
                refuse(at, "missing: the panel has no alert that compares a single expression");
            }
            Optional<String> zero = query.zero().map(watch::fill);
            return expr.map(text -> filters.narrow(otherwise(text.strip(), zero)));
        } catch (IllegalArgumentException broken) {
            refuse(at, String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
    }

    private static String otherwise(String expr, Optional<String> zero) {
        return zero.map(there -> "(" + expr + ")\nor 0 * (" + there.strip() + ")")
                .orElse(expr);
    }

    /// Whose metrics they are; of several, not the gateway's.
    private Owner owner(List<Panel.Target> targets) {
        Owner owner = Owner.gateway;
        for (Panel.Target target : targets) {
            for (var selector : Expression.of(target.expr()).selectors()) {
                Owner found = filters.owner(selector);
                owner = found == Owner.gateway ? owner : found;
            }
        }
        return owner;
    }

    private Optional<String> pending(List<Panel.Target> targets) {
        return targets.stream()
                .flatMap(target -> Expression.of(target.expr()).names().stream())
                .flatMap(name -> catalogue.pending(name).stream())
                .findFirst();
    }
}
