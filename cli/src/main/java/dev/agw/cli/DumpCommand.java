package dev.agw.cli;

import dev.agw.cli.upgrade.Dump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw dump`: what check-upgrade looks at, as a folder.
@Command(
        name = "dump",
        header = "Keeps what check-upgrade looks at in a folder.",
        description = "For agw check-upgrade --from-dump, elsewhere or later. Of a configuration only its problems are"
                + " kept, of Secrets and ConfigMaps their keys, of variables their names.",
        footer = {
            "",
            "Examples:",
            "  agw dump -o seen -n ai --deployment agw",
            "  agw dump -o seen --metrics-url http://localhost:15020/metrics",
            "",
            "Exit codes: 0 written, 2 wrong usage, 3 the folder cannot be written"
        })
final class DumpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final UpgradeSources sources = new UpgradeSources();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where to; made if it is not there.")
    private Path folder = Path.of("");

    DumpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Viewer viewer = sources.viewer(surroundings)) {
            viewer.lookOver(sources.window());
            Dump.write(folder, viewer.snapshot(), viewer.pages());
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNDETERMINED, "cannot write " + folder + ": " + e.getMessage(), e);
        }
        console.out().println(folder);
        return ExitCode.OK.number();
    }
}
