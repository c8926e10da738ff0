package dev.agw.cli;

import dev.agw.cli.lint.Finding;
import dev.agw.cli.lint.Linter;
import dev.agw.cli.lint.Severity;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.render.RenderedAlerts;
import dev.agw.cli.render.RenderedAlerts.Form;
import dev.agw.schema.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw render-alerts`: rules for Prometheus, their tests and their runbooks.
@Command(
        name = "render-alerts",
        header = "Writes alerting rules for Prometheus, with a test and a runbook for each.",
        description = "The alerts of the production guide, corrected so that each can fire, and those that it lacks."
                + " What differs, and why, stands in comments.",
        footer = {
            "",
            "Examples:",
            "  agw render-alerts -o rules.yaml --tests rule-tests",
            "  promtool test rules rule-tests/*_test.yaml",
            "  agw render-alerts --values operations.yaml --format prometheusrule | kubectl apply -f -",
            "",
            "Exit codes: 0 written, 2 a value is wrong, or an alert could never fire with it"
        })
final class RenderAlertsCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "The values; agw render --print-defaults shows what there is. Default: all defaults.")
    private Optional<Path> values = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "rule, or prometheusrule for the operator. Default: rule; prometheusrule with --verbatim.")
    private Optional<Form> form = Optional.empty();

    @Option(
            names = "--tests",
            paramLabel = "DIR",
            description = "Also writes each rule with its test for promtool there.")
    private Optional<Path> tests = Optional.empty();

    @Option(names = "--runbooks", paramLabel = "DIR", description = "Also writes the runbooks there, as Markdown.")
    private Optional<Path> runbooks = Optional.empty();

    @Option(names = "--verbatim", description = "Writes the rules of the guide unchanged, eight of which cannot fire.")
    private boolean verbatim;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write. Default: standard output.")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() {
        OutputFiles files = new OutputFiles(console);
        if (verbatim) {
            files.write(output, RenderedAlerts.guide(form.orElse(Form.prometheusrule)));
            return ExitCode.OK.number();
        }
        RenderedAlerts alerts = alerts();
        files.write(output, alerts.text(form.orElse(Form.rule)));
        tests.ifPresent(folder -> files.writeAll(folder, alerts.tests()));
        runbooks.ifPresent(folder -> files.writeAll(folder, alerts.runbooks()));
        tell(alerts);
        return ExitCode.OK.number();
    }

    private RenderedAlerts alerts() {
        List<Problem> problems = new ArrayList<>();
        OperationsReader.Reading reading =
                values.map(OperationsReader::read).orElseGet(() -> OperationsReader.parse("defaults", ""));
        Optional<RenderedAlerts> alerts = RenderedAlerts.of(reading, problems);
        problems.forEach(console.err()::println);
        return alerts.filter(rendered -> sound(rendered, reading))
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "nothing was written"));
    }

    /// What agw check-rules calls an error is not written.
    private boolean sound(RenderedAlerts alerts, OperationsReader.Reading reading) {
        List<Finding> errors = reading.values().stream()
                .flatMap(operations -> Linter.text("rendered", alerts.text(Form.rule), operations).stream())
                .filter(finding -> finding.severity() == Severity.error)
                .toList();
        errors.forEach(error -> console.err()
                .println(error.place().name() + ": " + error.found() + "; expected "
                        + error.lint().expected()));
        return errors.isEmpty();
    }

    private void tell(RenderedAlerts alerts) {
        Map<String, String> pending = alerts.pending();
        console.err().println(alerts.names().size() + " alerts, " + pending.size() + " of them pending");
        pending.forEach((name, part) -> console.err().println("pending: " + name + " (" + part + ")"));
    }
}
