package dev.agw.cli.render;

import dev.agw.cli.operations.Monitoring;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.promql.Expression;
import dev.agw.schema.FieldPath;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fills alerts in, and refuses those that could never fire.
public final class AlertRenderer {
    private static final int KEEP_FIRING_MINOR = 42;

    private final RuleSources sources;
    private final Catalogue catalogue;

    public AlertRenderer(RuleSources sources, Catalogue catalogue) {
        this.sources = sources;
        this.catalogue = catalogue;
    }

    /// All alerts that are switched on. With a problem that is an error they are of no use.
    record Rendering(List<Alert> alerts, List<Problem> problems) {}

    Rendering render(Reading reading, Operations operations) {
        List<Problem> problems = new ArrayList<>(AlertValues.unknown(sources, reading, operations));
        List<Alert> alerts = new ArrayList<>();
        for (RuleSource source : sources.all()) {
            List<Problem> refused = new ArrayList<>();
            AlertValues values = AlertValues.of(source, reading, operations, refused);
            if (values.enabled()) {
                Alert alert = alert(source, values, operations);
                faults(alert, operations).forEach(why -> refused.add(problem(reading, alert, why)));
                alerts.add(alert);
            }
            problems.addAll(refused);
        }
        return new Rendering(alerts, problems);
    }

    private static Problem problem(Reading reading, Alert alert, String why) {
        return reading.error(FieldPath.TOP.field("alerts").field(alert.name()), why, "");
    }

    private List<String> faults(Alert alert, Operations operations) {
        Set<String> recorded = sources.all().stream()
                .flatMap(source -> source.records().stream())
                .map(RuleSource.Recording::name)
                .collect(Collectors.toSet());
        ExpressionCheck check =
                ExpressionCheck.of(catalogue, operations.monitoring().clusterLabel(), recorded);
        List<String> faults = new ArrayList<>();
        expressions(alert).forEach(expr -> faults.addAll(check.findings(expr)));
        if (Runbooks.find(alert.name()).isEmpty()) {
            faults.add("there is no runbook for it");
        }
        boolean keeps = operations.monitoring().prometheus().atLeast(2, KEEP_FIRING_MINOR);
        if (alert.keepFiringFor().isPresent() && !keeps) {
            faults.add("keepFiringFor needs Prometheus 2.42, and monitoring.prometheus says "
                    + operations.monitoring().prometheus());
        }
        return faults;
    }

    private static Stream<String> expressions(Alert alert) {
        return Stream.concat(alert.records().stream().map(RuleSource.Recording::expr), Stream.of(alert.expr()));
    }

    private Alert alert(RuleSource source, AlertValues values, Operations operations) {
        Scope scope = AlertScope.of(values, operations);
        List<RuleSource.Recording> records = source.records().stream()
                .map(record -> new RuleSource.Recording(record.name(), scope.fill(record.expr())))
                .toList();
        String expr = scope.fill(source.expr());
        List<String> all = new ArrayList<>(List.of(expr));
        records.forEach(record -> all.add(record.expr()));
        return new Alert(
                source.name(),
                source.group(),
                source.differs(),
                source.pending().or(() -> pending(all)),
                records,
                expr,
                values.hold(),
                values.keepFiringFor(),
                values.severity(),
                values.labels(),
                annotations(source, scope, operations.monitoring()),
                scope,
                source.tests());
    }

    /// An alert waits if all that it asks for in one of its expressions does, or what it multiplies with.
    private Optional<String> pending(List<String> expressions) {
        for (String expression : expressions) {
            for (String name : names(expression)) {
                Optional<String> part = catalogue.pending(name);
                if (part.isPresent()) {
                    return part;
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> names(String expression) {
        try {
            return Expression.of(expression).names();
        } catch (InvalidValueException broken) {
            return List.of(); // which is among its faults
        }
    }

    private static Map<String, String> annotations(RuleSource source, Scope scope, Monitoring monitoring) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", scope.fill(source.summary()));
        annotations.put("description", scope.fill(source.description()));
        monitoring.runbookUrl().of(source.name()).ifPresent(url -> annotations.put("runbook_url", url));
        monitoring.dashboardUrl().of(source.name()).ifPresent(url -> annotations.put("dashboard_url", url));
        return annotations;
    }
}
