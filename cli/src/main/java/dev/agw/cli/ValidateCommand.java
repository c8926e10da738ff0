package dev.agw.cli;

import dev.agw.gateway.ConfigCheck;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.schema.Problem;
import dev.agw.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw validate`: every problem of a configuration at once, each with its file, line, path and a hint.
@Command(
        name = "validate",
        header = "Tells all that is wrong with manifests and settings.",
        description =
                "They are read as agw serve reads them. A folder that agw init has written is checked as a whole.",
        footer = {"", "Exit codes: 0 valid, 1 errors, 2 nothing to read, 4 warnings with --fail-on=warn"})
final class ValidateCommand implements Callable<Integer> {
    /// What makes the exit code tell.
    enum Severity {
        error,
        warn
    }

    private final Surroundings surroundings;

    @Mixin
    private final Console console = new Console();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ProblemFormat format = ProblemFormat.text;

    @Option(
            names = "--fail-on",
            defaultValue = "error",
            paramLabel = "SEVERITY",
            description = "error, or warn to fail on warnings, too. Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.error;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "File or folder of manifests; a file named agw.yaml holds settings.")
    private List<Path> paths = List.of();

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Problem> problems = new ArrayList<>();
        int resources = 0;
        for (ConfigPaths path : paths.stream().map(ConfigPaths::of).toList()) {
            path.settings().ifPresent(file -> problems.addAll(settings(file)));
            resources += path.manifests()
                    .map(manifests -> check(manifests, problems))
                    .orElse(0);
        }
        console.out().print(format.print(problems));
        console.out().flush();
        console.err().println(summary(problems, resources));
        return exitCode(problems).number();
    }

    private List<Problem> settings(Path file) {
        return new SettingsReader(surroundings.environment(), surroundings.properties())
                .read(file)
                .problems();
    }

    /// Adds what is wrong, and tells how many resources were read.
    private int check(Path path, List<Problem> problems) {
        Manifests manifests = new ManifestReader(surroundings.environment()).read(path);
        problems.addAll(manifests.problems());
        problems.addAll(ConfigCheck.problems(manifests));
        return manifests.resources().all().size();
    }

    private ExitCode exitCode(List<Problem> problems) {
        if (problems.stream().anyMatch(Problem::error)) {
            return ExitCode.FINDINGS;
        }
        return problems.isEmpty() || failOn == Severity.error ? ExitCode.OK : ExitCode.WARNINGS;
    }

    private static String summary(List<Problem> problems, int resources) {
        long errors = problems.stream().filter(Problem::error).count();
        return count(resources, "resource") + ": " + count(errors, "error") + ", "
                + count(problems.size() - errors, "warning");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
