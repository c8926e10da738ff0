package dev.agw.cli;

import dev.agw.cli.upgrade.Changes;
import dev.agw.cli.upgrade.Report;
import dev.agw.cli.upgrade.ReportFormat;
import dev.agw.cli.upgrade.Rollout;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.Help.Ansi;

/// Shows how a watch goes: the table drawn again and again on a terminal, a line for each change elsewhere.
final class WatchView {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter err;
    private final boolean terminal;
    private final Ansi ansi;
    private final Changes changes = new Changes();
    private int drawn;

    /// @param terminal whether somebody looks on
    WatchView(PrintWriter err, boolean terminal, Ansi ansi) {
        this.err = err;
        this.terminal = terminal;
        this.ansi = ansi;
    }

    void show(Report report, Rollout rollout) {
        var lines = changes.of(report, rollout);
        if (terminal) {
            clear();
            String table = now() + " " + rollout.state() + "\n" + ReportFormat.table.print(report, ansi);
            err.print(table);
            drawn = (int) table.lines().count();
        } else {
            lines.forEach(line -> err.println(now() + " " + line));
        }
        err.flush();
    }

    /// Leaves nothing of what was drawn, and tells what was never known.
    void end() {
        clear();
        changes.neverJudged().forEach(check -> err.println("agw: " + check + " never had enough to judge"));
        err.flush();
    }

    private void clear() {
        if (drawn > 0) {
            err.print("\033[" + drawn + "A\033[J");
            drawn = 0;
        }
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    }
}
