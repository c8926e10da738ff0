package dev.agw.cli;

import dev.agw.cli.lint.Finding;
import dev.agw.cli.lint.FindingFormat;
import dev.agw.cli.lint.Lint;
import dev.agw.cli.lint.Linter;
import dev.agw.cli.lint.Severity;
import dev.agw.cli.operations.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw check-rules`: what is wrong with rules, dashboards and autoscalers that people already have.
@Command(
        name = "check-rules",
        header = "Tells what is wrong with rules, dashboards and autoscalers, without data.",
        description = "Reads files of rules, PrometheusRules, dashboards of Grafana (as JSON, in ConfigMaps), HPAs and"
                + " ScaledObjects of KEDA; all files together, so that a rule may record what another asks for.",
        footer = {
            "",
            "Examples:",
            "  agw check-rules rules.yaml dashboards/*.json hpa.yaml",
            "  agw check-rules --values operations.yaml --skip AGWR213,no-where -o short rules.yaml",
            "  agw check-rules --explain AGWR105",
            "",
            "Exit codes: 0 no error, 1 errors, 2 wrong usage, 4 warnings with --fail-on=warn"
        })
final class CheckRulesCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final ValuesOption values = new ValuesOption();

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Looks for these alone; ids or titles.")
    private List<String> only = List.of();

    @Option(names = "--skip", split = ",", paramLabel = "ID", description = "Leaves these out.")
    private List<String> skip = List.of();

    @Option(
            names = "--fail-on",
            defaultValue = "error",
            paramLabel = "SEVERITY",
            description = "error, or warn to tell warnings by the exit code, too. Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.error;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, short or json. Default: ${DEFAULT-VALUE}.")
    private FindingFormat format = FindingFormat.TABLE;

    @Option(names = "--list", description = "Lists all that is looked for.")
    private boolean list;

    @Option(names = "--explain", paramLabel = "ID", description = "Tells what a finding means and what to do.")
    private Optional<String> explain = Optional.empty();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "YAML or JSON; JSON if its name ends so.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        if (list || explain.isPresent()) {
            console.out().print(explain.map(CheckRulesCommand::explained).orElseGet(CheckRulesCommand::listed));
            console.out().flush();
            return ExitCode.OK.number();
        }
        List<Finding> findings = findings();
        console.out().print(format.print(findings));
        console.out().flush();
        console.err().println(summary(findings));
        return exitCode(findings).number();
    }

    private List<Finding> findings() {
        if (files.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "which files? agw check-rules rules.yaml dashboard.json ...");
        }
        files.stream().filter(file -> !Files.isRegularFile(file)).findFirst().ifPresent(file -> {
            throw new CommandException(ExitCode.USAGE, file + " is no file");
        });
        List<Lint> wanted = only.stream().map(CheckRulesCommand::lint).toList();
        List<Lint> unwanted = skip.stream().map(CheckRulesCommand::lint).toList();
        Operations operations = values.operations(console);
        return Linter.files(files, operations).stream()
                .filter(finding -> wanted.isEmpty() || wanted.contains(finding.lint()))
                .filter(finding -> !unwanted.contains(finding.lint()))
                .toList();
    }

    private static Lint lint(String word) {
        return Lint.named(word)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "nothing is called " + word + "; agw check-rules --list has all"));
    }

    private static String explained(String word) {
        Lint lint = lint(word);
        return """
            %s %s (%s)

            %s

            expected: %s
            to do:    %s
            """.formatted(lint.id(), lint.title(), lint.severity(), lint.docs(), lint.expected(), lint.remedy());
    }

    private static String listed() {
        StringBuilder text = new StringBuilder();
        Lint.all()
                .forEach(lint -> text.append(
                        "%-8s %-5s %-23s %s\n".formatted(lint.id(), lint.severity(), lint.title(), lint.docs())));
        return text.toString();
    }

    private String summary(List<Finding> findings) {
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.error)
                .count();
        return "files: " + files.size() + ", errors: " + errors + ", warnings: " + (findings.size() - errors);
    }

    private ExitCode exitCode(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.error)) {
            return ExitCode.FINDINGS;
        }
        return findings.isEmpty() || failOn == Severity.error ? ExitCode.OK : ExitCode.WARNINGS;
    }
}
