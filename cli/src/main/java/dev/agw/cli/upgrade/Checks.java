package dev.agw.cli.upgrade;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All checks.
public final class Checks {
    private static final List<Check> ALL = Stream.of(
                    AccessChecks.all(),
                    ApiChecks.all(),
                    WorkloadChecks.all(),
                    TemplateChecks.all(),
                    SurgeChecks.all(),
                    VersionChecks.all(),
                    BudgetChecks.all(),
                    DrainChecks.all(),
                    ScalingChecks.all(),
                    PlacementChecks.all(),
                    ConfigChecks.all(),
                    SecretChecks.all(),
                    RuleChecks.all(),
                    MonitorChecks.all(),
                    MonitoringChecks.all(),
                    TrafficChecks.all(),
                    WatchChecks.all(),
                    RevisionChecks.all(),
                    PostChecks.all(),
                    AfterwardsChecks.all())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Check::category)
                    .thenComparing(check -> check.about().id()))
            .toList();

    private Checks() {}

    /// Runs the chosen ones.
    public static Report run(Snapshot snapshot, Aim aim, Choice choice) {
        return new Report(
                aim.to(),
                choice.phase(),
                ALL.stream()
                        .filter(choice::takes)
                        .map(check -> result(check, snapshot, aim))
                        .toList());
    }

    private static Report.Result result(Check check, Snapshot snapshot, Aim aim) {
        long begin = System.nanoTime();
        Finding finding = check.logic().of(snapshot, aim);
        return new Report.Result(check, finding, (System.nanoTime() - begin) / 1_000_000);
    }

    /// One line per check: id, title, phase and the worst that it can say.
    public static String list() {
        StringBuilder list = new StringBuilder();
        for (Check check : ALL) {
            list.append(String.format(
                    "%-30s %-6s %s%n",
                    check.about().name(),
                    check.category().phase(),
                    check.about().severity().word()));
        }
        return list.toString();
    }

    /// What one check looks at and why, and what to do; empty if there is none of that id or title.
    public static Optional<String> explain(String word) {
        return ALL.stream().filter(check -> check.named(word)).map(Check::page).findFirst();
    }
}
