package dev.agw.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.cluster.Cluster;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.upgrade.ClusterLists;
import dev.agw.cli.upgrade.Collector;
import dev.agw.cli.upgrade.ConfigReading;
import dev.agw.cli.upgrade.Looks;
import dev.agw.cli.upgrade.Part;
import dev.agw.cli.upgrade.RulesFile;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.cli.upgrade.UrlPages;
import dev.agw.gateway.ConfigCheck;
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
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the commands that look at running gateways look.
final class UpgradeSources {
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
                            + " poddisruptionbudgets.json and so on.")
    private Optional<Path> kubernetes = Optional.empty();

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "What manifests are rendered from: limits of checks, and what the cluster is compared with."
                    + " Default: the limits alone; agw render --print-defaults shows them.")
    private Optional<Path> values = Optional.empty();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private final SmokeOptions smoke = new SmokeOptions();

    /// Whether nobody said what to look at.
    boolean none() {
        return metrics.isEmpty()
                && prometheus.isEmpty()
                && config.isEmpty()
                && rules.isEmpty()
                && kubernetes.isEmpty()
                && smoke.none()
                && !cluster.asked();
    }

    private boolean nothing(Surroundings surroundings) {
        return none() && !ClusterOptions.found(surroundings);
    }

    /// How far back growth is judged.
    Duration window() {
        return window;
    }

    /// The file of `--values`, read.
    Optional<Operations> values() {
        return values.map(UpgradeSources::operations);
    }

    private static Operations operations(Path file) {
        OperationsReader.Reading reading = OperationsReader.read(file);
        return reading.values()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        reading.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    }

    /// Whoever looks at what was asked for. To be closed.
    Viewer viewer(Surroundings surroundings) throws InterruptedException {
        if (nothing(surroundings)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "nothing to look at: there is no cluster by default, --kubeconfig names one, --metrics-url a"
                            + " gateway");
        }
        metrics.forEach(url -> checked("--metrics-url", url));
        prometheus.ifPresent(url -> checked("--prometheus-url", url));
        Snapshot still = still(surroundings);
        Optional<UrlPages> urls = metrics.isEmpty() ? Optional.empty() : Optional.of(new UrlPages(metrics));
        if (!cluster.asked() && !none()) {
            return Viewer.of(still, window, urls);
        }
        Cluster open = cluster.open(surroundings);
        return new Viewer(
                still, new Looks(window), urls, Optional.of(new Viewer.Place(open, cluster.scope(open, values()))));
    }

    /// What stays as it is while pods come and go.
    private Snapshot still(Surroundings surroundings) throws InterruptedException {
        Snapshot snapshot = Snapshot.empty(Instant.now())
                .with(rules.stream().map(UpgradeSources::file).toList());
        if (config.isPresent()) {
            snapshot = snapshot.with(reading(ConfigPaths.of(config.get()), surroundings));
        }
        if (prometheus.isPresent()) {
            snapshot = snapshot.withPrometheus(Collector.prometheus(prometheus.get()));
        }
        if (kubernetes.isPresent()) {
            snapshot = snapshot.withKubernetes(lists(kubernetes.get(), cluster.deployment()));
        }
        return smoke.tried(snapshot, surroundings);
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

    static void checked(String option, URI url) {
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
        Optional<AgwSettings> settings = paths.settings().flatMap(file -> settings(file, surroundings, problems));
        Optional<ManifestsElsewhere> elsewhere =
                paths.manifests().map(path -> ManifestsElsewhere.read(path, surroundings.environment()));
        Optional<Manifests> manifests = elsewhere.map(ManifestsElsewhere::manifests);
        manifests.ifPresent(read -> {
            problems.addAll(read.problems());
            problems.addAll(ConfigCheck.problems(read));
        });
        return new ConfigReading(
                Version.number(),
                lines(problems, true),
                lines(problems, false),
                elsewhere.map(ManifestsElsewhere::unset).orElse(List.of()),
                ConfiguredShutdown.of(manifests.map(Manifests::resources), settings));
    }

    private static Optional<AgwSettings> settings(Path file, Surroundings surroundings, List<Problem> problems) {
        LoadedSettings loaded = new SettingsReader(surroundings.environment(), surroundings.properties()).read(file);
        problems.addAll(loaded.problems());
        return loaded.settings();
    }

    private static List<String> lines(List<Problem> problems, boolean errors) {
        return problems.stream()
                .filter(problem -> problem.error() == errors)
                .map(Problem::toString)
                .toList();
    }
}
