package dev.agw.cli;

/// Ends a command with one sentence for its user.
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    /// @param message what is wrong and what to do about it
    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    CommandException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
