package dev.agw.cli;

import dev.agw.cli.load.LoadException;
import dev.agw.cli.load.LoadScript;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw render-loadtest`: the load of `agw bench` for those who have k6.
@Command(
        name = "render-loadtest",
        abbreviateSynopsis = true,
        sortOptions = false,
        header = "Prints a k6 script that sends the load of agw bench.",
        description = "Its options are those of agw bench. Run it with: k6 run -e TOKEN=... loadtest.js")
final class RenderLoadtestCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "http://localhost:8080/v1",
            paramLabel = "URL",
            description = "Where to ask. Default: ${DEFAULT-VALUE}.")
    private String url = "";

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Option(
            names = "--slowest",
            defaultValue = "30s",
            paramLabel = "TIME",
            description =
                    "What 99 of 100 answers take at most: sets the number of virtual users. Default: ${DEFAULT-VALUE}.")
    private Duration slowest = Duration.ZERO;

    @Option(
            names = "--ttft",
            defaultValue = "2s",
            paramLabel = "TIME",
            description = "Target of the first token for 95 of 100 streams. Default: ${DEFAULT-VALUE}.")
    private Duration firstToken = Duration.ZERO;

    @Override
    public Integer call() {
        try {
            console.out().print(new LoadScript(load.plan(url), slowest, firstToken).text());
            console.out().flush();
            return ExitCode.OK.number();
        } catch (LoadException wrong) {
            throw LoadFailure.of(wrong);
        }
    }
}
