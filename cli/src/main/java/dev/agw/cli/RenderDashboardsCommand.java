package dev.agw.cli;

import dev.agw.cli.dashboard.DashboardSources;
import dev.agw.cli.dashboard.PanelQuery;
import dev.agw.cli.dashboard.RenderedDashboards;
import dev.agw.cli.dashboard.RenderedDashboards.Form;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.schema.Nearest;
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
import picocli.CommandLine.Parameters;

/// `agw render-dashboards`: dashboards for Grafana.
@Command(
        name = "render-dashboards",
        header = "Writes dashboards for Grafana, whose lines are the thresholds of the alerts.",
        description =
                "Overview, LLM, cost, MCP, guardrails, runtime and upgrade. A panel that asks for what there is not"
                        + " is refused, as an alert would be.",
        footer = {
            "",
            "Examples:",
            "  agw render-dashboards -o dashboards",
            "  agw render-dashboards overview > overview.json",
            "  agw render-dashboards --values operations.yaml --format configmap | kubectl apply -f -",
            "",
            "Exit codes: 0 written, 2 a value is wrong, or a panel could never show anything with it"
        })
final class RenderDashboardsCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which dashboards. Default: all that are enabled.")
    private List<String> names = List.of();

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "The values; agw render --print-defaults shows what there is. Default: all defaults.")
    private Optional<Path> values = Optional.empty();

    @Option(
            names = "--sources",
            paramLabel = "DIR",
            description = "Renders the dashboards in the files DIR/*.yaml in place of those that agw has.")
    private Optional<Path> sources = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "json",
            description = "json, configmap for Grafana's sidecar, or grafanadashboard for its operator."
                    + " Default: ${DEFAULT-VALUE}.")
    private Form form = Form.json;

    @Option(
            names = "--queries",
            description = "Prints what the panels ask, a line of JSON each, as Prometheus takes it, in their place.")
    private boolean queries;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The folder to write to, a file for each. Default: standard output.")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() {
        if (queries && output.isPresent()) {
            throw new CommandException(ExitCode.USAGE, "--queries prints to standard output: leave -o out");
        }
        RenderedDashboards dashboards = chosen(rendered());
        if (queries) {
            dashboards.queries().stream().map(PanelQuery::json).forEach(console.out()::println);
        } else if (output.isPresent()) {
            new OutputFiles(console).writeAll(output.get(), dashboards.files(form));
        } else {
            print(dashboards);
        }
        console.out().flush();
        tell(dashboards);
        return ExitCode.OK.number();
    }

    private RenderedDashboards rendered() {
        List<Problem> problems = new ArrayList<>();
        Optional<RenderedDashboards> dashboards = RenderedDashboards.of(
                values.map(OperationsReader::read).orElseGet(() -> OperationsReader.parse("defaults", "")),
                sources.map(DashboardSources::in).orElseGet(DashboardSources::shipped),
                problems);
        problems.forEach(console.err()::println);
        return dashboards.orElseThrow(() -> new CommandException(ExitCode.USAGE, "nothing was written"));
    }

    private RenderedDashboards chosen(RenderedDashboards all) {
        for (String name : names) {
            if (!all.names().contains(name)) {
                throw new CommandException(
                        ExitCode.USAGE, "no dashboard is called " + name + "; " + Nearest.hint(name, all.names()));
            }
        }
        return names.isEmpty() ? all : all.only(names);
    }

    private void print(RenderedDashboards dashboards) {
        if (form == Form.json && dashboards.names().size() != 1) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "several dashboards are no JSON: name one of " + String.join(", ", dashboards.names())
                            + ", or a folder with -o");
        }
        console.out().print(dashboards.text(form));
    }

    private void tell(RenderedDashboards dashboards) {
        Map<String, String> pending = dashboards.pending();
        int count = dashboards.names().size();
        console.err()
                .println(count + (count == 1 ? " dashboard, " : " dashboards, ") + pending.size()
                        + " of the panels pending");
        pending.forEach((panel, part) -> console.err().println("pending: " + panel + " (" + part + ")"));
    }
}
