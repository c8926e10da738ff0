package dev.agw.cli;

import dev.agw.gateway.StartException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence on standard error what went wrong; the stack trace is for those who ask for it, with
/// `--verbose` or
/// `AGW_DEBUG=1`.
///
/// @param debug whether every stack trace is shown
record ErrorReport(boolean debug) implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean trace = debug || command.getParseResult().hasMatchedOption("--verbose");
        ExitCode code = exitCode(failure);
        PrintWriter err = command.getErr();
        err.println("agw: " + sentence(failure, code, trace));
        if (trace) {
            failure.printStackTrace(err);
        }
        return code.number();
    }

    private static ExitCode exitCode(Exception failure) {
        return switch (failure) {
            case CommandException expected -> expected.exitCode();
            case StartException refused -> ExitCode.USAGE;
            case InterruptedException interrupted -> ExitCode.INTERRUPTED;
            case Exception defect -> ExitCode.UNDETERMINED;
        };
    }

    private static String sentence(Exception failure, ExitCode code, boolean trace) {
        return switch (code) {
            case INTERRUPTED -> "interrupted";
            case UNDETERMINED ->
                failure instanceof CommandException
                        ? String.valueOf(failure.getMessage())
                        : "this should not have happened: " + failure + (trace ? "" : "; --verbose shows where");
            case OK, FINDINGS, USAGE, WARNINGS -> String.valueOf(failure.getMessage());
        };
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("agw: " + wrong.getMessage() + suggestion(wrong));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private static String suggestion(ParameterException wrong) {
        List<String> nearest =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return nearest.isEmpty() ? "" : "; did you mean " + nearest.getFirst() + "?";
    }
}
