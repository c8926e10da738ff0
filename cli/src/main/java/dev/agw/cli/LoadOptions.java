package dev.agw.cli;

import dev.agw.cli.load.LoadUrl;
import dev.agw.cli.load.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say what load is sent.
final class LoadOptions {
    @Option(
            names = "--rate",
            defaultValue = "10",
            paramLabel = "NUMBER",
            description = "Requests per second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--duration",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "Time that is measured. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warm-up",
            defaultValue = "5s",
            paramLabel = "TIME",
            description = "Time before it, at the same rate. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--concurrency",
            defaultValue = "1000",
            paramLabel = "COUNT",
            description =
                    "Most requests under way; arrivals beyond are dropped and counted. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--timeout",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "Of one request. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--stream", description = "Asks for event streams.")
    private boolean stream;

    @Option(
            names = "--model",
            defaultValue = "gpt-4o-mini",
            paramLabel = "NAME",
            description = "Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(
            names = "--max-tokens",
            defaultValue = "64",
            paramLabel = "COUNT",
            description = "Of an answer. Default: ${DEFAULT-VALUE}.")
    private int maxTokens;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "FIELD",
            description = "A further header field: 'Authorization: Bearer ...'.")
    private List<String> fields = List.of();

    /// A plan for chat completions.
    ///
    /// @throws dev.agw.cli.load.LoadException they make no sense together
    Plan plan(String url) {
        return new Plan(LoadUrl.chat(url), ask(), pace());
    }

    /// A plan for MCP sessions.
    ///
    /// @throws dev.agw.cli.load.LoadException they make no sense together
    Plan plan(String url, Plan.ToolCall tool) {
        return new Plan(LoadUrl.mcp(url), ask(), Optional.of(tool), pace());
    }

    private Plan.Ask ask() {
        return new Plan.Ask(stream, model, maxTokens, fields);
    }

    private Plan.Pace pace() {
        return new Plan.Pace(rate, warmUp, duration, concurrency, timeout);
    }
}
