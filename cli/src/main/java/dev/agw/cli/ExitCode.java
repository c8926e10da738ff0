package dev.agw.cli;

/// How a command can end, as the shell sees it; the same in every output format.
enum ExitCode {
    /// Done; warnings are allowed.
    OK(0),
    /// Done, and something was found that needs a person.
    FINDINGS(1),
    /// Not done: the command line or the configuration is wrong.
    USAGE(2),
    /// Not done: something outside kept the command from telling.
    UNDETERMINED(3),
    /// Done with warnings, which the command line asked to be told by the code.
    WARNINGS(4),
    /// Ended by SIGINT.
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
