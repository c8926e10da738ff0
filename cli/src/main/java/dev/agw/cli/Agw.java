package dev.agw.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agw` itself: knows its commands, does nothing alone.
@Command(
        name = "agw",
        versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An AI gateway: routes, streams, protects and meters traffic to models.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start here:   agw serve --demo",
            "Exit codes:   0 done, 1 findings, 2 wrong usage or configuration, 3 could not tell,",
            "              4 warnings with --fail-on=warn, 130 interrupted"
        })
final class Agw implements Runnable {
    private static final int WIDTH = 100;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private Agw() {}

    /// The whole command line, ready to execute.
    static CommandLine commandLine(Surroundings surroundings) {
        ErrorReport errors = new ErrorReport(surroundings.debug());
        CommandLine agw = new CommandLine(new Agw())
                .addMixin("console", new Console())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new InitCommand())
                .addSubcommand(new ValidateCommand(surroundings))
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new RenderCommand())
                .addSubcommand(new RenderAlertsCommand())
                .addSubcommand(new RenderDashboardsCommand())
                .addSubcommand(new RenderManifestsCommand(surroundings))
                .addSubcommand(new CheckRulesCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new RenderLoadtestCommand())
                .addSubcommand(new SizeCommand())
                .addSubcommand(new AdviseCommand(surroundings))
                .addSubcommand(new CheckUpgradeCommand(surroundings))
                .addSubcommand(new DumpCommand(surroundings))
                .addSubcommand(new VersionCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        return agw.registerConverter(Duration.class, new DurationText())
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH);
    }

    @Override
    public void run() {
        throw new CommandException(
                ExitCode.USAGE, "which command? 'agw --help' lists them, 'agw serve --demo' shows agw at work");
    }
}
