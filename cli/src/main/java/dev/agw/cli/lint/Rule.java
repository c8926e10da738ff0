package dev.agw.cli.lint;

import dev.agw.cli.promql.Constants;
import java.util.Map;
import java.util.Optional;

/// An alert or a recorded expression.
///
/// @param place of the rule; its expression stands at `expr`
/// @param alert whether it is an alert
/// @param hold seconds that it must be true; no number if `for` is no length of time
/// @param interval seconds between two evaluations, where its group says so
record Rule(
        Place place,
        boolean alert,
        String name,
        String expr,
        double hold,
        Optional<Double> interval,
        Map<String, String> labels,
        Map<String, String> annotations) {
    Rule {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    private static double held(String text) {
        return text.isEmpty() || text.equals("0") ? 0 : Constants.seconds(text).orElse(Double.NaN);
    }

    static Rule of(Tree rule, Tree group) {
        boolean alert = rule.at("alert").there();
        String name = rule.textAt(alert ? "alert" : "record");
        return new Rule(
                new Place(rule.position(), (alert ? "alert " : "record ") + name),
                alert,
                name,
                rule.textAt("expr"),
                held(rule.textAt("for")),
                Constants.seconds(group.textAt("interval")),
                rule.at("labels").texts(),
                rule.at("annotations").texts());
    }
}
