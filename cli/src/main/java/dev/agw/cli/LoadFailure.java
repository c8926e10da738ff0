package dev.agw.cli;

import dev.agw.cli.load.LoadException;

/// How load that cannot be sent ends a command.
final class LoadFailure {
    private LoadFailure() {}

    static CommandException of(LoadException failure) {
        ExitCode code = switch (failure.why()) {
            case WRONG_INPUT -> ExitCode.USAGE;
            case NO_ANSWER -> ExitCode.UNDETERMINED;
        };
        return new CommandException(code, String.valueOf(failure.getMessage()), failure);
    }
}
