package dev.agw.cli.render;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.schema.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alerts, ready to be written in each of their forms.
public final class RenderedAlerts {
    private final Operations operations;
    private final List<Alert> alerts;
    private final Catalogue catalogue;

    private RenderedAlerts(Operations operations, List<Alert> alerts, Catalogue catalogue) {
        this.operations = operations;
        this.alerts = List.copyOf(alerts);
        this.catalogue = catalogue;
    }

    /// How rules are written.
    public enum Form {
        /// A file for `rule_files`.
        rule,
        /// A resource for Prometheus's operator.
        prometheusrule
    }

    /// The alerts for those values; empty if something is wrong, which is then added to `problems`.
    public static Optional<RenderedAlerts> of(Reading reading, List<Problem> problems) {
        problems.addAll(reading.problems());
        if (reading.values().isEmpty()) {
            return Optional.empty();
        }
        Operations operations = reading.values().get();
        Catalogue catalogue = Catalogue.known();
        AlertRenderer.Rendering rendering =
                new AlertRenderer(RuleSources.shipped(), catalogue).render(reading, operations);
        problems.addAll(rendering.problems());
        return rendering.problems().stream().anyMatch(Problem::error)
                ? Optional.empty()
                : Optional.of(new RenderedAlerts(operations, rendering.alerts(), catalogue));
    }

    /// The guide's own rules, unchanged.
    public static String guide(Form form) {
        return switch (form) {
            case rule -> GuideRules.plain();
            case prometheusrule -> GuideRules.resources();
        };
    }

    public String text(Form form) {
        return switch (form) {
            case rule -> RuleFile.plain(alerts);
            case prometheusrule -> RuleFile.resource(alerts, operations);
        };
    }

    /// The files of a folder of tests, by name: for each alert its rule alone, as promtool reckons with all that a
    /// file holds, and its test.
    public Map<String, String> tests() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            String rules = alert.name() + "_rules.yaml";
            files.put(rules, RuleFile.plain(List.of(alert)));
            files.put(alert.name() + "_test.yaml", RuleTestFile.of(alert, catalogue, rules));
        }
        return files;
    }

    /// The runbooks, by name of their file.
    public Map<String, String> runbooks() {
        Map<String, String> files = new LinkedHashMap<>();
        alerts.forEach(alert ->
                files.put(alert.name() + ".md", Runbooks.find(alert.name()).orElse("")));
        return files;
    }

    /// Names of all, in their order.
    public List<String> names() {
        return alerts.stream().map(Alert::name).toList();
    }

    /// Alerts whose metrics nothing moves yet, each with the part of the gateway that it waits for.
    public Map<String, String> pending() {
        Map<String, String> pending = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            alert.pending().ifPresent(part -> pending.put(alert.name(), part));
        }
        return pending;
    }
}
