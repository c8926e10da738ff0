package dev.agw.cli;

import dev.agw.gateway.StartException;
import java.io.PrintWriter;

/// Says in one sentence what went wrong with a command; the stack trace is for those who ask for it.
///
/// @param err where it is said
/// @param trace whether the stack trace is shown
record FailureReport(PrintWriter err, boolean trace) {
    /// Tells it, and the code to end with.
    ExitCode tell(Exception failure) {
        ExitCode code = exitCode(failure);
        err.println("agw: " + sentence(failure, code));
        if (trace) {
            failure.printStackTrace(err);
        }
        return code;
    }

    private static ExitCode exitCode(Exception failure) {
        return switch (failure) {
            case CommandException expected -> expected.exitCode();
            case StartException refused -> ExitCode.USAGE;
            case InterruptedException interrupted -> ExitCode.INTERRUPTED;
            case Exception defect -> ExitCode.UNDETERMINED;
        };
    }

    private String sentence(Exception failure, ExitCode code) {
        return switch (code) {
            case INTERRUPTED -> "interrupted";
            case UNDETERMINED ->
                failure instanceof CommandException
                        ? String.valueOf(failure.getMessage())
                        : "this should not have happened: " + failure + (trace ? "" : "; --verbose shows where");
            case OK, FINDINGS, USAGE, WARNINGS -> String.valueOf(failure.getMessage());
        };
    }
}
