package dev.agw.cli.upgrade;

import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/// A report for people.
///
/// ```
/// pre: traffic gates
/// ------------------
/// × AGW1701 error-gate
///     9 of 300 requests failed by the gateway's own fault (3.00 %)
///     expected: at most 1.00 %
///     remedy:   find out why first: ...
/// ```
///
/// @param ansi whether marks are coloured
/// @param problems whether only what a person has to look at is printed
record TableText(Ansi ansi, boolean problems) {
    private static final int EVIDENCE = 10;

    String print(Report report) {
        StringBuilder text = new StringBuilder();
        Optional<Category> last = Optional.empty();
        for (Report.Result result : report.results()) {
            Category category = result.check().category();
            if (!problems && !last.equals(Optional.of(category))) {
                text.append(last.isEmpty() ? "" : "\n").append(heading(category.title()));
                last = Optional.of(category);
            }
            if (!problems || result.finding().status().problem()) {
                line(result, text);
            }
        }
        return text.append(problems ? "" : "\n").append(footer(report)).toString();
    }

    private static String heading(String title) {
        return title + "\n" + "-".repeat(title.length()) + "\n";
    }

    private void line(Report.Result result, StringBuilder text) {
        Finding finding = result.finding();
        text.append(mark(finding.status()))
                .append(' ')
                .append(result.check().about().name());
        if (finding.status().problem()) {
            text.append('\n');
            problem(result, text);
        } else {
            text.append(": ").append(finding.observed()).append('\n');
        }
    }

    private static void problem(Report.Result result, StringBuilder text) {
        Finding finding = result.finding();
        indented(finding.observed(), text);
        finding.evidence().stream().limit(EVIDENCE).forEach(line -> indented("- " + line, text));
        if (finding.evidence().size() > EVIDENCE) {
            indented("- and " + (finding.evidence().size() - EVIDENCE) + " more; -o json has all", text);
        }
        if (!finding.expected().isEmpty()) {
            indented("expected: " + finding.expected(), text);
        }
        if (finding.status() != Status.UNKNOWN) {
            indented("remedy:   " + result.remedy(), text);
        }
        indented(
                "see:      agw check-upgrade --explain "
                        + result.check().about().id(),
                text);
    }

    private static void indented(String line, StringBuilder text) {
        text.append("    ").append(line).append('\n');
    }

    private String footer(Report report) {
        Status worst = report.count(Status.FAIL) > 0
                ? Status.FAIL
                : report.count(Status.UNKNOWN) > 0
                        ? Status.UNKNOWN
                        : report.count(Status.WARN) > 0 ? Status.WARN : Status.PASS;
        return "Result for " + report.to() + ": " + mark(worst) + " " + report.counts() + "\n";
    }

    private String mark(Status status) {
        return ansi.string("@|" + status.color() + " " + status.mark() + "|@");
    }
}
