package dev.agw.cli.upgrade;

import java.util.List;

/// What all checks saw.
///
/// @param to the version that shall run
public record Report(String to, Phase phase, List<Result> results) {
    /// @param millis how long it took
    record Result(Check check, Finding finding, long millis) {
        /// What to do about it.
        String remedy() {
            return finding.remedy().isEmpty() ? check.about().remedy() : finding.remedy();
        }
    }

    public Report {
        results = List.copyOf(results);
    }

    /// How many checks ended so.
    public long count(Status status) {
        return results.stream()
                .filter(result -> result.finding().status() == status)
                .count();
    }

    /// How many checks had something to look at.
    public long judged() {
        return results.size() - count(Status.SKIP);
    }

    /// `2 failed, 1 warning, 0 unknown, 3 skipped, 14 passed`
    String counts() {
        return count(Status.FAIL) + " failed, " + count(Status.WARN) + " warned, " + count(Status.UNKNOWN)
                + " unknown, " + count(Status.SKIP) + " skipped, " + count(Status.PASS) + " passed";
    }
}
