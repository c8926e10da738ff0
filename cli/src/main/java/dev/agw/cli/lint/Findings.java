package dev.agw.cli.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is found. For one thread.
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    /// Something as bad as it usually is.
    void add(Lint lint, Place place, String found) {
        add(lint, lint.severity(), place, found);
    }

    void add(Lint lint, Severity severity, Place place, String found) {
        all.add(new Finding(lint, severity, place, found));
    }

    /// Each once, in the order of the files.
    List<Finding> all() {
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.place().at().source())
                        .thenComparingInt(finding -> finding.place().at().line())
                        .thenComparing(finding -> finding.lint().id()))
                .toList();
    }
}
