package dev.agw.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `agw init`: a commented set of files to start from.
@Command(
        name = "init",
        header = "Writes settings and manifests to start from; never over files that are there.",
        footer = {"", "Exit codes: 0 written, 1 files are in the way"})
final class InitCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "agw-conf",
            paramLabel = "FOLDER",
            description = "Where to write; made if it is not there. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("agw-conf");

    @Override
    public Integer call() {
        StarterSet starter = new StarterSet(folder);
        List<Path> inTheWay = starter.present();
        if (!inTheWay.isEmpty()) {
            inTheWay.forEach(file -> console.err().println(file + " exists"));
            throw new CommandException(
                    ExitCode.FINDINGS, "nothing was written; name another folder, or move these files away");
        }
        starter.write().forEach(console.out()::println);
        console.out().flush();
        console.err().println(next());
        return ExitCode.OK.number();
    }

    private String next() {
        return """

                Next, with your key in OPENAI_API_KEY:
                  agw validate %1$s
                  agw serve --config %1$s""".formatted(folder);
    }
}
