package dev.agw.cli.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/// How findings are printed.
public enum FindingFormat {
    /// What was found, what would be right, and what to do: four lines each.
    TABLE,
    /// `rules.yaml:14: alert A: error AGWR201: the expression compares nothing`: one line each.
    SHORT,
    /// For programs.
    JSON;

    /// All of them; nothing if there are none, but for JSON.
    public String print(List<Finding> findings) {
        return switch (this) {
            case TABLE -> findings.stream().map(FindingFormat::row).collect(Collectors.joining());
            case SHORT -> findings.stream().map(finding -> finding + "\n").collect(Collectors.joining());
            case JSON -> json(findings);
        };
    }

    private static String row(Finding finding) {
        Lint lint = finding.lint();
        return """
            %s
              %s %s %s: %s
                expected: %s
                to do:    %s
            """.formatted(
                        finding.place(),
                        finding.severity(),
                        lint.id(),
                        lint.title(),
                        finding.found(),
                        lint.expected(),
                        lint.remedy());
    }

    private static String json(List<Finding> findings) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", 1);
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(
                    severity.name(),
                    findings.stream()
                            .filter(finding -> finding.severity() == severity)
                            .count());
        }
        ArrayNode all = root.putArray("findings");
        findings.forEach(finding -> json(all.addObject(), finding));
        return root.toPrettyString() + "\n";
    }

    private static void json(ObjectNode json, Finding finding) {
        json.put("id", finding.lint().id())
                .put("title", finding.lint().title())
                .put("severity", finding.severity().name())
                .put("file", finding.place().at().source())
                .put("line", finding.place().at().line())
                .put("where", finding.place().name())
                .put("found", finding.found())
                .put("expected", finding.lint().expected())
                .put("remedy", finding.lint().remedy());
    }
}
