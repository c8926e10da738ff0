package dev.agw.cli;

import dev.agw.cli.upgrade.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "Exit codes: 0 written, 2 wrong usage, 3 the folder cannot be written, or no gateway that was asked for read"
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
            description = "Where to: a folder that is empty, or is not there and will be made.")
    private Path folder = Path.of("");

    @Option(names = "--force", description = "Replaces the dump that is in the folder.")
    private boolean force;

    DumpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Viewer viewer = sources.viewer(surroundings)) {
            refuseOthers();
            viewer.lookOver(sources.window());
            Dump.clear(folder);
            Dump.write(folder, viewer.snapshot(), viewer.pages());
            console.out().println(folder);
            return told(viewer).number();
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNDETERMINED, "cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    /// What an earlier dump left would be taken for what is there now.
    private void refuseOthers() throws IOException {
        if (!Files.isDirectory(folder) || empty() || (force && Dump.isAt(folder))) {
            return;
        }
        throw new CommandException(
                ExitCode.USAGE,
                Dump.isAt(folder)
                        ? folder + " holds a dump already: --force replaces it"
                        : folder + " is not empty, and what is in it is no dump: name another folder");
    }

    private boolean empty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private ExitCode told(Viewer viewer) {
        if (!viewer.pages().isEmpty() || viewer.snapshot().pods().isEmpty()) {
            return ExitCode.OK;
        }
        console.err().println("agw: no gateway could be read; the dump tells why");
        return ExitCode.UNDETERMINED;
    }
}
