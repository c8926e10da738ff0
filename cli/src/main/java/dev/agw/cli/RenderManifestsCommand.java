package dev.agw.cli;

import dev.agw.cli.manifest.ConfigFolder;
import dev.agw.cli.manifest.Drift;
import dev.agw.cli.manifest.HelmChart;
import dev.agw.cli.manifest.ManifestSet;
import dev.agw.cli.manifest.ManifestText;
import dev.agw.cli.operations.OperationsReader;
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

/// `agw render-manifests`: what runs gateways in Kubernetes, as manifests or as a Helm chart.
@Command(
        name = "render-manifests",
        header = "Writes manifests for Kubernetes, or a Helm chart.",
        description = {
            "The numbers are those of the production guide; what differs from it, and why, stands in comments.",
            "Values that contradict each other are refused, all at once."
        },
        footer = {
            "",
            "Names: service-account, rbac, config, service, deployment, hpa, pdb, network-policy, monitor;",
            "       enterprise-parameters and gateway-parameters say the same to a controller, and come alone.",
            "",
            "Examples:",
            "  agw render-manifests --values operations.yaml --config agw-conf | kubectl apply --server-side -f -",
            "  agw render-manifests -o deploy && kubectl apply --server-side -k deploy",
            "  agw render-manifests -o deploy --check",
            "  agw render-manifests --format helm -o chart && helm install agw chart -n agentgateway-system",
            "  agw render-manifests hpa pdb",
            "",
            "Exit codes: 0 written, 1 --check found differences, 2 a value is wrong or contradicts another"
        })
final class RenderManifestsCommand implements Callable<Integer> {
    /// The forms of a set.
    enum Format {
        yaml,
        json,
        helm
    }

    private final Surroundings surroundings;

    @Mixin
    private final Console console = new Console();

    @Parameters(paramLabel = "NAME", description = "Which objects, by name, kind or file. Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "The values; agw render --print-defaults shows what there is. Default: all defaults.")
    private Optional<Path> values = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "PATH",
            description = "Manifests of the traffic, or a folder that agw init has written; goes into ConfigMaps.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--format",
            defaultValue = "yaml",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.yaml;

    @Option(
            names = {"-o", "--output-dir"},
            paramLabel = "DIR",
            description = "Writes a file per object and a kustomization there, or the chart. Default: standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--check", description = "Writes nothing, and lists the files in DIR that would change.")
    private boolean check;

    RenderManifestsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (output.isEmpty() && (check || format == Format.helm)) {
            throw new CommandException(
                    ExitCode.USAGE, (check ? "--check" : "--format helm") + " needs a folder: add -o DIR");
        }
        ManifestSet set = set();
        if (output.isEmpty()) {
            new OutputFiles(console).write(Optional.empty(), new ManifestText(set).stream(form()));
            return ExitCode.OK.number();
        }
        Drift drift = new Drift(output.get(), files(set), whole());
        return (check ? check(drift) : write(drift)).number();
    }

    /// Whether all objects are meant; some of them are put among the others, whose kustomization stays. A chart is
    /// always whole.
    private boolean whole() {
        return names.isEmpty() || format == Format.helm;
    }

    private ManifestText.Form form() {
        return format == Format.json ? ManifestText.Form.json : ManifestText.Form.yaml;
    }

    private Map<String, String> files(ManifestSet set) {
        if (format == Format.helm) {
            return new HelmChart(set).files();
        }
        ManifestText text = new ManifestText(set);
        return whole() ? text.files(form()) : text.objects(form());
    }

    private ManifestSet set() {
        List<Problem> problems = new ArrayList<>();
        ConfigFolder folder = config.map(ConfigPaths::of)
                .map(paths ->
                        ConfigFolder.read(paths.settings(), paths.manifests(), surroundings.environment(), problems))
                .orElseGet(ConfigFolder::none);
        Optional<ManifestSet> set = ManifestSet.of(
                values.map(OperationsReader::read).orElseGet(() -> OperationsReader.parse("defaults", "")),
                folder,
                new ManifestSet.Wish(names, Version.number()),
                problems);
        problems.forEach(console.err()::println);
        return set.orElseThrow(() -> new CommandException(ExitCode.USAGE, "nothing was written"));
    }

    private ExitCode check(Drift drift) {
        List<String> lines = drift.lines();
        lines.forEach(console.out()::println);
        console.out().flush();
        console.err().println(lines.isEmpty() ? "no differences" : lines.size() + " files differ from the values");
        return lines.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private ExitCode write(Drift drift) {
        new OutputFiles(console).writeAll(drift.folder(), drift.files());
        console.err().println(drift.files().size() + " files in " + drift.folder());
        drift.stale().forEach(file -> console.err().println(file + ": no longer rendered; delete it"));
        return ExitCode.OK;
    }
}
