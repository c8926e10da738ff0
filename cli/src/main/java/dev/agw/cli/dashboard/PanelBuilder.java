package dev.agw.cli.dashboard;

import dev.agw.cli.dashboard.DashboardSource.PanelSource;
import dev.agw.cli.dashboard.DashboardSource.QuerySource;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.Watch;
import dev.agw.cli.render.Watches;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fills the panels of one file in, and refuses those that could show nothing.
final class PanelBuilder {
    private final SourceFile file;
    private final Reading reading;
    private final Operations operations;
    private final Watches watches;
    private final Catalogue catalogue;
    private final Filters filters;
    private final ExprLint lint;
    private final List<Problem> problems;

    PanelBuilder(SourceFile file, Shared shared) {
        this.file = file;
        this.reading = shared.reading();
        this.operations = shared.operations();
        this.watches = shared.watches();
        this.catalogue = shared.catalogue();
        this.problems = shared.problems();
        this.filters = new Filters(operations.monitoring(), catalogue);
        this.lint = new ExprLint(filters);
    }

    /// The panel that stands at `path`.
    Panel panel(PanelSource source, FieldPath path, int id, GridPos place) {
        Watch watch = source.alert().map(name -> watch(name, path)).orElse(watches.none());
        List<Panel.Target> targets = targets(source, watch, path);
        Panel panel = new Panel(
                id,
                source,
                place,
                targets,
                owner(targets),
                source.pending().or(() -> pending(targets)).or(watch::pending),
                limit(source, watch, path));
        new PanelLint((field, message) -> refuse(path.field(field), message)).panel(panel, watch);
        return panel;
    }

    private void refuse(FieldPath path, String message) {
        problems.add(file.error(path, message, ""));
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
            for (Selector selector : Expression.of(target.expr()).selectors()) {
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
