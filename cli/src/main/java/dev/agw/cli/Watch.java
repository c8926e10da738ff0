package dev.agw.cli;

import dev.agw.cli.upgrade.Report;
import dev.agw.cli.upgrade.Rollout;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.cli.upgrade.Status;
import java.time.Duration;
import java.util.function.Function;

/// Judges a rollout again and again: until it is done, a check fails, or it has waited for long enough.
final class Watch {
    /// How it ended.
    ///
    /// @param report of the last look
    record End(Verdict verdict, Report report, Snapshot seen) {}

    enum Verdict {
        /// Every pod runs the target, and nothing failed.
        DONE,
        /// A check failed.
        BREACHED,
        /// Neither, in all the time there was.
        LATE
    }

    private final Viewer viewer;
    private final WatchView view;
    private final Duration interval;

    Watch(Viewer viewer, WatchView view, Duration interval) {
        this.viewer = viewer;
        this.view = view;
        this.interval = interval;
    }

    /// @param wait how long
    /// @param target the version that shall run
    End run(Duration wait, String target, Function<Snapshot, Report> judge) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        viewer.look();
        while (true) {
            Thread.sleep(interval);
            viewer.look();
            Snapshot seen = viewer.snapshot();
            Report report = judge.apply(seen);
            Rollout rollout = Rollout.of(seen, target);
            view.show(report, rollout);
            Verdict verdict = verdict(report, rollout);
            if (verdict != Verdict.LATE || System.nanoTime() > until) {
                view.end();
                return new End(verdict, report, seen);
            }
        }
    }

    private static Verdict verdict(Report report, Rollout rollout) {
        if (report.count(Status.FAIL) > 0) {
            return Verdict.BREACHED;
        }
        return rollout.done() ? Verdict.DONE : Verdict.LATE;
    }
}
