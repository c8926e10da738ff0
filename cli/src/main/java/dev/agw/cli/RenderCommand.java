package dev.agw.cli;

import dev.agw.cli.render.DefaultsText;
import dev.agw.cli.render.RuleSources;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw render`: the values that all renderers share.
@Command(
        name = "render",
        header = "Prints the values that everything is rendered from, with defaults and meaning.",
        footer = {"", "Example: agw render --print-defaults > operations.yaml"})
final class RenderCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Option(names = "--print-defaults", description = "Prints a file of values to start from.")
    private boolean printDefaults;

    @Override
    public Integer call() {
        if (!printDefaults) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "render what? --print-defaults prints the values; agw render-alerts, render-dashboards and"
                            + " render-manifests use them");
        }
        console.out().print(DefaultsText.of(RuleSources.shipped()));
        console.out().flush();
        return ExitCode.OK.number();
    }
}
