package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Sample;
import dev.agw.cli.upgrade.Check.About;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whether the target takes the configuration.
final class ConfigChecks {
    private static final String INFO = "agentgateway_config_info";

    private ConfigChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.CONFIGURATION,
                        new About(
                                "AGW1501 config-valid",
                                Status.FAIL,
                                "Reads settings and manifests as the gateway of this version does. The answer holds for"
                                        + " the target if this agw is of the target's version. Variables that secrets are"
                                        + " taken from may be set for the gateways alone.",
                                "agw validate tells each problem with its place; use the agw of the target's version"),
                        Logic.on(Snapshot::config, ConfigChecks::valid)),
                new Check(
                        Category.CONFIGURATION,
                        new About(
                                "AGW1502 config-deprecations",
                                Status.WARN,
                                "Looks for what the configuration asks for and this version does not, or not fully, obey.",
                                "agw explain KIND.field tells what stands in its place"),
                        Logic.on(Snapshot::config, (config, aim) -> obeyed(config))),
                new Check(
                        Category.CONFIGURATION,
                        new About(
                                "AGW1503 config-drift",
                                Status.WARN,
                                "Compares the hash in agentgateway_config_info of every pod.",
                                "reload the pods that are behind; /config of their admin port shows what they run"),
                        Pods.all((pods, snapshot, aim) -> drift(pods))));
    }

    private static Finding valid(ConfigReading config, Aim aim) {
        if (!config.errors().isEmpty()) {
            return Finding.fail(config.errors().size() + " errors", "none").with(config.errors());
        }
        if (!config.unset().isEmpty()) {
            return Finding.warn("no errors, but not every variable is set here", "to be set where gateways run")
                    .with(config.unset());
        }
        return config.reader().equals(aim.to())
                ? Finding.pass("no errors, read by agw " + config.reader())
                : Finding.warn("no errors, but read by agw " + config.reader(), "to be read by agw " + aim.to());
    }

    private static Finding obeyed(ConfigReading config) {
        return config.warnings().isEmpty()
                ? Finding.pass("all that is written is obeyed")
                : Finding.warn(config.warnings().size() + " warnings", "none").with(config.warnings());
    }

    private static Finding drift(List<PodMetrics> pods) {
        Set<String> hashes = new TreeSet<>();
        pods.forEach(pod -> hashes.addAll(pod.now().values(INFO, "hash")));
        if (pods.stream().anyMatch(pod -> !pod.now().has(INFO))) {
            return Finding.unknown("not every pod tells which configuration it runs");
        }
        return hashes.size() == 1
                ? Finding.pass("all run " + hashes.iterator().next())
                : Finding.warn(hashes.size() + " configurations are in force", "one")
                        .with(pods.stream().map(ConfigChecks::hash).toList());
    }

    private static String hash(PodMetrics pod) {
        return pod.pod() + ": "
                + pod.now()
                        .named(INFO)
                        .map((Sample sample) -> sample.label("hash"))
                        .toList();
    }
}
