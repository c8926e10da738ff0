package dev.agw.cli.render;

import java.util.List;
import java.util.stream.Collectors;

/// The rules of the guide, word for word.
final class GuideRules {
    private static final List<String> FILES = List.of("rules/guide/alerts.yaml", "rules/guide/cost-alerts.yaml");
    private static final String SPEC = "spec:\n  groups:\n";

    private GuideRules() {}

    /// As they stand there: two PrometheusRules.
    static String resources() {
        return FILES.stream().map(Shipped::text).collect(Collectors.joining("---\n"));
    }

    /// What is in them, for `rule_files`.
    static String plain() {
        return FILES.stream()
                .map(Shipped::text)
                .map(GuideRules::groups)
                .collect(Collectors.joining("", "groups:\n", ""));
    }

    private static String groups(String resource) {
        return resource.substring(resource.indexOf(SPEC) + SPEC.length())
                .lines()
                .map(line -> (line.startsWith("  ") ? line.substring(2) : line) + "\n")
                .collect(Collectors.joining());
    }
}
