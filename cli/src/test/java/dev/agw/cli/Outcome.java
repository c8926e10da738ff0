package dev.agw.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// How a command ended, and what it printed.
record Outcome(int exitCode, String out, String err) {
    /// Runs a command in an empty environment.
    static Outcome of(String... arguments) {
        return of(Map.of(), arguments);
    }

    static Outcome of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = commandLine(environment, out, err).execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    static CommandLine commandLine(Map<String, String> environment, StringWriter out, StringWriter err) {
        Surroundings surroundings =
                new Surroundings(environment, Map.of(), new PrintStream(PrintStream.nullOutputStream()));
        return Agw.commandLine(surroundings)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
