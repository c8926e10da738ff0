package dev.agw.cli.lint;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader;
import java.util.List;

/// Files to look at.
final class Given {
    private Given() {}

    static Operations defaults() {
        return OperationsReader.parse("defaults", "").values().orElseThrow();
    }

    /// What is found in a file, with all defaults.
    static List<Finding> in(String file, String text) {
        return Linter.text(file, text, defaults());
    }

    /// A file with one alert against which nothing is to be said but for its expression.
    static String alert(String expr) {
        return rule("alert: A\n    expr: '%s'\n    for: 10m\n    annotations: {summary: s, runbook_url: u}"
                .formatted(expr));
    }

    /// A file with one rule.
    static String rule(String fields) {
        return "groups:\n- name: g\n  rules:\n  - " + fields + "\n";
    }

    static List<Lint> lints(List<Finding> findings) {
        return findings.stream().map(Finding::lint).distinct().toList();
    }
}
