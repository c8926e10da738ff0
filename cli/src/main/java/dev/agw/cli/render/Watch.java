package dev.agw.cli.render;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.Severity;
import dev.agw.cli.promql.Expression;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What an alert looks at, for a panel that shows the same: the expression that it compares and the values that hold
/// for it. Rates are taken over what Grafana finds best in place of the alert's window.
public final class Watch {
    private static final Pattern RATE =
            Pattern.compile("(\\brate\\((?:[^\\[\"]|\"[^\"]*\")*)\\[\\$\\{time\\(window\\)}]");

    private final Optional<RuleSource> source;
    private final Optional<Comparison> comparison;
    private final AlertValues values;
    private final Scope scope;

    private Watch(Optional<RuleSource> source, AlertValues values, Scope scope) {
        this.source = source;
        this.comparison = source.map(RuleSource::expr).flatMap(Comparison::of);
        this.values = values;
        this.scope = scope;
    }

    /// Where too much, or too little, begins.
    ///
    /// @param value in the unit that PromQL reckons in
    /// @param below whether it is too little
    public record Limit(double value, Amount.Unit unit, boolean below, Severity severity) {}

    /// Of that alert.
    static Watch of(RuleSource source, AlertValues values, Operations operations) {
        return new Watch(Optional.of(source), values, scope(values, operations));
    }

    /// Of no alert.
    static Watch none(AlertValues values, Operations operations) {
        return new Watch(Optional.empty(), values, scope(values, operations));
    }

    private static Scope scope(AlertValues values, Operations operations) {
        return AlertScope.of(values, operations)
                .with("job", "$job")
                .with(
                        "rateLimiterJob",
                        operations.monitoring().jobs().rateLimiter().text());
    }

    /// The expression that the alert compares; empty if there is no single one.
    public Optional<String> expr() {
        return comparison.map(Comparison::left).map(this::shown);
    }

    private String shown(String left) {
        String template = RATE.matcher(left).replaceAll("$1[\\$__rate_interval]");
        for (RuleSource.Recording record : source.map(RuleSource::records).orElseThrow()) {
            String inner = RATE.matcher(record.expr().strip()).replaceAll("$1[\\$__rate_interval]");
            template = template.replace(record.name(), "(" + inner + ")");
        }
        return scope.fill(template);
    }

    /// `template` with every `${...}` filled in from the values of the alert.
    ///
    /// @throws IllegalArgumentException if something in it is no value of the alert
    public String fill(String template) {
        return scope.fill(template);
    }

    /// What the alert compares with; empty if that is no value of it, or the alert is switched off.
    public Optional<Limit> limit() {
        return comparison.flatMap(Comparison::value).flatMap(this::limit);
    }

    /// Another of its values, as a limit.
    public Optional<Limit> limit(String name) {
        boolean below = comparison.map(Comparison::below).orElse(false);
        return values.enabled() && values.values().get(name) instanceof Amount amount
                ? Optional.of(new Limit(amount.value(), amount.unit(), below, values.severity()))
                : Optional.empty();
    }

    /// The names of its values.
    public Set<String> names() {
        return values.values().keySet();
    }

    /// The metrics that the alert asks for.
    public Set<String> metrics() {
        Set<String> metrics = new HashSet<>();
        source.ifPresent(rule -> {
            metrics.addAll(Expression.of(scope.fill(rule.expr())).names());
            rule.records()
                    .forEach(record -> metrics.addAll(
                            Expression.of(scope.fill(record.expr())).names()));
        });
        return metrics;
    }

    /// The part of the gateway that it waits for, where its metrics do not tell.
    public Optional<String> pending() {
        return source.flatMap(RuleSource::pending);
    }
}
