package dev.agw.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What changes from one report to the next.
public final class Changes {
    private final Map<String, Status> last = new TreeMap<>();
    private final Set<String> judged = new TreeSet<>();
    private final Set<String> undecided = new TreeSet<>();
    private String state = "";

    /// A line for each check that ends in another way than before, and for the rollout.
    ///
    /// ```
    /// 2 of 3 pods run 1.4.0
    /// AGW2003 error-delta: pass, now fail: 9.00 % fail in the new version, 0.00 % in the old
    /// ```
    public List<String> of(Report report, Rollout rollout) {
        List<String> lines = new ArrayList<>();
        if (!rollout.state().equals(state)) {
            state = rollout.state();
            lines.add(state);
        }
        report.results().forEach(result -> line(result).ifPresent(lines::add));
        return lines;
    }

    private Optional<String> line(Report.Result result) {
        String name = result.check().about().name();
        Finding finding = result.finding();
        Optional<Status> before = Optional.ofNullable(last.put(name, finding.status()));
        note(name, finding.status());
        if (before.equals(Optional.of(finding.status())) || (before.isEmpty() && finding.status() == Status.SKIP)) {
            return Optional.empty();
        }
        String was = before.map(status -> status.word() + ", now ").orElse("");
        return Optional.of(name + ": " + was + finding.status().word() + ": " + finding.observed());
    }

    private void note(String name, Status status) {
        switch (status) {
            case PASS, WARN, FAIL -> judged.add(name);
            case UNKNOWN -> undecided.add(name);
            case SKIP -> {}
        }
    }

    /// Checks that had something to judge and never could.
    public Set<String> neverJudged() {
        Set<String> never = new TreeSet<>(undecided);
        never.removeAll(judged);
        return never;
    }
}
