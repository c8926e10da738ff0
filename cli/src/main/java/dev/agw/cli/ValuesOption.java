package dev.agw.cli;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--values`, for commands that take from the file of values what they were not told otherwise.
final class ValuesOption {
    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "The values; agw render --print-defaults shows what there is. Default: all defaults.")
    private Optional<Path> file = Optional.empty();

    /// Whether there is such a file.
    boolean given() {
        return file.isPresent();
    }

    /// What is in it, or all defaults.
    ///
    /// @throws CommandException something in it is wrong; all of that was told on standard error
    Operations operations(Console console) {
        OperationsReader.Reading reading =
                file.map(OperationsReader::read).orElseGet(() -> OperationsReader.parse("defaults", ""));
        reading.problems().forEach(console.err()::println);
        return reading.values()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, file.map(Path::toString).orElse("") + " has errors"));
    }
}
