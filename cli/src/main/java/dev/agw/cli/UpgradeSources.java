package dev.agw.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.ClusterLists;
import dev.agw.cli.upgrade.Collector;
import dev.agw.cli.upgrade.ConfigReading;
import dev.agw.cli.upgrade.Dump;
import dev.agw.cli.upgrade.Part;
import dev.agw.cli.upgrade.RulesFile;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.gateway.ConfigCheck;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.schema.Problem;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.LoadedSettings;
import dev.agw.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Option;

/// Where the commands that look at running gateways look.
final class UpgradeSources {
    private static final Duration NO_FILE = Duration.ofSeconds(60);

    @Option(
            names = "--metrics-url",
            paramLabel = "URL",
            description = "The metrics page of a gateway, such as http://localhost:15020/metrics; once for each.")
    private List<URI> metrics = List.of();

    @Option(
            names = "--prometheus-url",
            paramLabel = "URL",
            description = "A Prometheus, such as http://localhost:9090.")
    private Optional<URI> prometheus = Optional.empty();

    @Option(
            names = "--window",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "Between two looks at counters, whose growth is judged; 0s for one look, which judges all"
                    + " since each gateway started. Default: ${DEFAULT-VALUE}.")
    private Duration window = Duration.ZERO;

    @Option(
            names = "--config",
            paramLabel = "PATH",
            description = "The configuration: a file or folder, as for agw validate.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "A file of rules, a PrometheusRule or a dashboard; once for each.")
    private List<Path> rules = List.of();

    @Option(
            names = "--kubernetes",
            paramLabel = "FOLDER",
            description =
                    "Lists of a cluster's objects, as kubectl get -o json writes them: deployments.json, pods.json,"
                            + " poddisruptionbudgets.json, horizontalpodautoscalers.json.")
    private Optional<Path> kubernetes = Optional.empty();

    @Option(names = "--deployment", paramLabel = "NAME", description = "Which deployment of several is meant.")
    private Optional<String> deployment = Optional.empty();

    /// What was seen.
    ///
    /// @param pages the pages that its metrics were read from
    record Seen(Snapshot snapshot, List<Dump.Pages> pages) {}

    /// Whether there is anything to look at.
    boolean none() {
        return metrics.isEmpty() && prometheus.isEmpty() && config.isEmpty() && rules.isEmpty() && kubernetes.isEmpty();
    }

    /// Looks at everything, which takes as long as the window.
    Seen look(Surroundings surroundings) throws InterruptedException {
        metrics.forEach(url -> checked("--metrics-url", url));
        prometheus.ifPresent(url -> checked("--prometheus-url", url));
        Snapshot snapshot = Snapshot.empty(Instant.now())
                .with(rules.stream().map(UpgradeSources::file).toList());
        if (config.isPresent()) {
            snapshot = snapshot.with(reading(ConfigPaths.of(config.get()), surroundings));
        }
        List<Dump.Pages> pages = List.of();
        if (!metrics.isEmpty()) {
            Collector.Metrics seen = Collector.metrics(metrics, window);
            snapshot = snapshot.with(window, seen.pods());
            pages = seen.pages();
        }
        if (prometheus.isPresent()) {
            snapshot = snapshot.withPrometheus(Collector.prometheus(prometheus.get()));
        }
        if (kubernetes.isPresent()) {
            snapshot = snapshot.withKubernetes(lists(kubernetes.get(), deployment));
        }
        return new Seen(snapshot, pages);
    }

    private static SortedMap<String, Part<JsonNode>> lists(Path folder, Optional<String> deployment) {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(ExitCode.USAGE, "there is no folder " + folder);
        }
        try {
            return ClusterLists.read(folder, deployment);
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, "cannot read " + folder, e);
        }
    }

    private static void checked(String option, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    option + " is no URL such as http://localhost:15020/metrics; found \"" + url + "\"");
        }
    }

    private static RulesFile file(Path path) {
        try {
            return new RulesFile(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, "cannot read " + path, e);
        }
    }

    private static ConfigReading reading(ConfigPaths paths, Surroundings surroundings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Duration> drain = paths.settings().flatMap(file -> settings(file, surroundings, problems));
        paths.manifests().ifPresent(path -> {
            Manifests manifests = new ManifestReader(surroundings.environment()).read(path);
            problems.addAll(manifests.problems());
            problems.addAll(ConfigCheck.problems(manifests));
        });
        return new ConfigReading(
                Version.number(), lines(problems, true), lines(problems, false), drain.orElse(NO_FILE));
    }

    private static Optional<Duration> settings(Path file, Surroundings surroundings, List<Problem> problems) {
        LoadedSettings loaded = new SettingsReader(surroundings.environment(), surroundings.properties()).read(file);
        problems.addAll(loaded.problems());
        return loaded.settings().map(AgwSettings::shutdown).map(AgwSettings.Shutdown::max);
    }

    private static List<String> lines(List<Problem> problems, boolean errors) {
        return problems.stream()
                .filter(problem -> problem.error() == errors)
                .map(Problem::toString)
                .toList();
    }
}
