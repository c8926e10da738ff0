package dev.agw.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where a command prints, and the options that all commands have.
final class Console {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(names = "--verbose", order = 101, description = "Shows the stack trace of an error; so does AGW_DEBUG=1.")
    private boolean verbose;

    /// For the result.
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /// For all that is said about it.
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /// Whether an error shows its stack trace.
    boolean verbose() {
        return verbose;
    }
}
