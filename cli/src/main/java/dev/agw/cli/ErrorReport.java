package dev.agw.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence on standard error what went wrong; the stack trace is for those who ask for it, with
/// `--verbose` or `AGW_DEBUG=1`.
///
/// @param debug whether every stack trace is shown
record ErrorReport(boolean debug) implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean trace = debug || command.getParseResult().hasMatchedOption("--verbose");
        return new FailureReport(command.getErr(), trace).tell(failure).number();
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
