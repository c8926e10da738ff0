package dev.agw.cli;

import dev.agw.cli.cluster.Access;
import dev.agw.cli.cluster.AccessException;
import dev.agw.cli.cluster.Cluster;
import dev.agw.cli.cluster.Scope;
import dev.agw.cli.operations.Operations;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which cluster the gateways run in, and where in it.
final class ClusterOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description =
                    "How to reach the cluster. Default: KUBECONFIG, ~/.kube/config, or the pod that this runs in.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Option(names = "--context", paramLabel = "NAME", description = "Which context of the kubeconfig.")
    private Optional<String> context = Optional.empty();

    @Option(names = "--as", paramLabel = "USER", description = "A user of the cluster to act as.")
    private Optional<String> as = Optional.empty();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Where the gateways run. Default: that of --values, or of the context.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            description = "Labels of the deployment, such as app=agw; --deployment names it.")
    private Optional<String> selector = Optional.empty();

    @Option(names = "--deployment", paramLabel = "NAME", description = "Which deployment of several is meant.")
    private Optional<String> deployment = Optional.empty();

    /// Whether a cluster is to be asked for sure: `--deployment` alone may be about a folder.
    boolean asked() {
        return Stream.of(kubeconfig, context, as, namespace, selector).anyMatch(Optional::isPresent);
    }

    Optional<String> deployment() {
        return deployment;
    }

    /// Whether there is one to be asked where nobody said which.
    static boolean found(Surroundings surroundings) {
        return Access.found(surroundings.environment(), home(surroundings));
    }

    private static Optional<String> home(Surroundings surroundings) {
        return Optional.ofNullable(surroundings.properties().get("user.home"));
    }

    Cluster open(Surroundings surroundings) {
        try {
            return new Access(kubeconfig, context, as).open(surroundings.environment(), home(surroundings));
        } catch (AccessException wrong) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /// Where to look, by what was said here, or by values, or by the context.
    Scope scope(Cluster cluster, Optional<Operations> values) {
        Optional<String> named = values.map(file -> file.naming().name());
        return new Scope(
                namespace
                        .or(() -> values.map(file -> file.naming().namespace()))
                        .orElseGet(cluster::namespace),
                values.map(file -> file.monitoring().namespace()),
                selector,
                deployment.or(() -> selector.isPresent() ? Optional.empty() : named));
    }
}
