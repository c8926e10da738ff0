package dev.agw.cli.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Tells how far a run is: one line drawn again and again on a terminal, a line every few seconds elsewhere.
public final class Progress {
    private static final int SECONDS_PER_LINE = 5;

    private final PrintWriter err;
    private final boolean terminal;
    private int told;

    /// @param terminal whether somebody looks on who wants to see it move
    public Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// Whether standard error is a terminal, as far as the system tells.
    public static boolean onTerminal() {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException untold) {
            return false;
        }
    }

    /// Where a run is.
    ///
    /// @param seconds that the phase takes
    record Moment(String phase, long second, long seconds) {}

    /// To be called once a second.
    ///
    /// @param p95 of the answers so far, in seconds
    void tell(Moment moment, Counts counts, double p95, int underWay) {
        if (!terminal && told++ % SECONDS_PER_LINE != 0) {
            return;
        }
        String line = String.format(
                Locale.ROOT,
                "%s %d/%d s: %d sent, %d answered, %d failed, %d dropped, %d under way, p95 %s",
                moment.phase,
                moment.second,
                moment.seconds,
                counts.sent(),
                counts.answered(),
                counts.failed(),
                counts.dropped(),
                underWay,
                Figures.seconds(p95));
        err.print(terminal ? "\r\033[K" + line : line + "\n");
        err.flush();
    }

    /// Leaves the line that was drawn last.
    void end() {
        if (terminal) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
