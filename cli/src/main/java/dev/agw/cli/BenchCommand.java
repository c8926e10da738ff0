package dev.agw.cli;

import dev.agw.cli.load.Bench;
import dev.agw.cli.load.LoadException;
import dev.agw.cli.load.Plan;
import dev.agw.cli.load.Progress;
import dev.agw.cli.load.Result;
import dev.agw.cli.load.ResultJson;
import dev.agw.cli.load.ResultTable;
import dev.agw.cli.load.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw bench`: open-loop load, and whether its targets are met.
@Command(
        name = "bench",
        abbreviateSynopsis = true,
        sortOptions = false,
        header = "Sends chats or MCP sessions at a constant rate, and tells how it went.",
        description = {
            "Requests arrive at their rate whatever the answers do, and their times count from when they were to start:"
                    + " a gateway that stalls cannot hide it. Every prompt differs.",
            "An MCP session is one arrival: initialize, tools/list, tools/call, over streamable HTTP; each method is"
                    + " timed of its own. To the gateway MCP is plain HTTP so far: it relays it, and counts no tools.",
        },
        footer = {
            "",
            "Examples:     agw bench --rate 50 --stream http://localhost:8080/v1",
            "              agw bench --rate 20 --tool delay --arguments '{\"milliseconds\":100}'"
                    + " http://localhost:9100/mcp",
            "",
            "Targets:      p50, p95, p99, max, ttft_p50, ttft_p95, ttft_p99, itl_p95 (times); rps, tokens (per"
                    + " second);",
            "              errors, completed (shares); dropped (count); with --metrics-url overhead_p99, cpu, memory.",
            "Exit codes:   0 all targets met, 1 one missed, 2 the request is refused,",
            "              3 nobody answers, or one of --target was not measured"
        })
final class BenchCommand implements Callable<Integer> {
    /// How the result is printed.
    enum Format {
        table,
        json
    }

    @Mixin
    private final Console console = new Console();

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "Where to ask: http://host:port, a base URL that ends with /v1, or the whole URL; of an MCP"
                    + " server, its URL.")
    private String url = "";

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Mixin
    private final McpOptions mcp = new McpOptions();

    @Option(
            names = "--metrics-url",
            paramLabel = "URL",
            description = "The gateway's metrics, to report its CPU, memory and overhead.")
    private Optional<URI> metrics = Optional.empty();

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "NAME=VALUE",
            description = "What is to be reached, in place of the guide's: --target ttft_p95=2s,errors=1%%.")
    private List<String> targets = List.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return bench().number();
        } catch (LoadException impossible) {
            throw LoadFailure.of(impossible);
        }
    }

    private ExitCode bench() throws InterruptedException {
        Plan plan = mcp.plan(url, load);
        List<Target> wanted = targets.isEmpty()
                ? Target.defaults(plan)
                : targets.stream().map(Target::parse).toList();
        Progress progress = new Progress(console.err(), Progress.onTerminal());
        Result result = new Bench(plan, metrics, progress, Version.number()).run();
        console.out()
                .print(
                        switch (format) {
                            case table -> new ResultTable(result, wanted).text();
                            case json -> new ResultJson(result, wanted).text();
                        });
        console.out().flush();
        return verdict(wanted, result);
    }

    /// Targets of the guide's may go unmeasured; those that somebody asked for may not.
    private ExitCode verdict(List<Target> wanted, Result result) {
        if (!having(Target.Verdict.missed, wanted, result).isEmpty()) {
            return ExitCode.FINDINGS;
        }
        List<Target> unknown = having(Target.Verdict.unknown, wanted, result);
        if (targets.isEmpty() || unknown.isEmpty()) {
            return ExitCode.OK;
        }
        throw new CommandException(
                ExitCode.UNDETERMINED,
                unknown.stream()
                        .map(target -> "target " + target.name() + " was not measured: " + target.needs())
                        .collect(Collectors.joining("; ")));
    }

    private static List<Target> having(Target.Verdict verdict, List<Target> wanted, Result result) {
        return wanted.stream()
                .filter(target -> target.verdict(result) == verdict)
                .toList();
    }
}
