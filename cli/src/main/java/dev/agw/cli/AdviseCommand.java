package dev.agw.cli;

import dev.agw.cli.exposition.MetricsPage;
import dev.agw.cli.load.LoadException;
import dev.agw.cli.load.MetricsUrl;
import dev.agw.cli.sizing.Advice;
import dev.agw.cli.upgrade.Shutdown;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.resource.ResourceSet;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.telemetry.MetricCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw advise`: what in a configuration and its metrics asks for a change.
@Command(
        name = "advise",
        header = "Tells what in a configuration, and in its gateway's metrics, could be better.",
        description = "Counters are looked at as they are since the gateway started.",
        footer = {"", "Exit codes: 0 nothing pressing, 1 something is, 2 no valid configuration, 3 no metrics"})
final class AdviseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final Console console = new Console();

    @Option(names = "--metrics-url", paramLabel = "URL", description = "The metrics of a gateway that has it.")
    private Optional<URI> metrics = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "File or folder of manifests.")
    private Path config = Path.of("");

    /// How findings are printed.
    enum Format {
        text,
        json
    }

    AdviseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        ConfigPaths paths = ConfigPaths.of(config);
        ResourceSet resources = manifests(paths).resources();
        Shutdown shutdown = ConfiguredShutdown.of(Optional.of(resources), settings(paths));
        Advice advice = Advice.of(resources, shutdown.max(), page());
        console.out().print(format == Format.json ? advice.json() : advice.text());
        console.out().flush();
        if (shutdown.source() == Shutdown.Source.ASSUMED) {
            console.err()
                    .println("agw: " + config + " does not tell shutdown.max: "
                            + shutdown.max().toSeconds() + " s are assumed");
        }
        console.err().println(advice.findings().size() + " findings");
        return (advice.pressing() ? ExitCode.FINDINGS : ExitCode.OK).number();
    }

    private Manifests manifests(ConfigPaths paths) {
        Path path = paths.manifests()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, config + " holds settings, not manifests"));
        Manifests manifests = new ManifestReader(surroundings.environment()).read(path);
        if (!manifests.valid()) {
            throw wrong();
        }
        return manifests;
    }

    private Optional<AgwSettings> settings(ConfigPaths paths) {
        return paths.settings()
                .map(new SettingsReader(surroundings.environment(), surroundings.properties())::read)
                .map(loaded -> loaded.settings().orElseThrow(this::wrong));
    }

    private CommandException wrong() {
        return new CommandException(ExitCode.USAGE, config + " has errors; agw validate tells them");
    }

    private Optional<MetricsPage> page() throws InterruptedException {
        try {
            return metrics.isPresent() ? Optional.of(page(metrics.get())) : Optional.empty();
        } catch (LoadException missing) {
            throw LoadFailure.of(missing);
        }
    }

    /// What is counted on a page of another program looks as good as what a gateway without traffic counts.
    private static MetricsPage page(URI url) throws InterruptedException {
        MetricsPage page = new MetricsUrl(url).fetch();
        if (!page.has(MetricCatalogue.BUILD_INFO)) {
            throw new CommandException(
                    ExitCode.UNDETERMINED,
                    url + " shows no metrics of an agw gateway: expected " + MetricCatalogue.BUILD_INFO.name()
                            + "; is the URL right?");
        }
        return page;
    }
}
