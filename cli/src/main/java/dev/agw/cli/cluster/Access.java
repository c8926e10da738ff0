package dev.agw.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which cluster, and as whom.
///
/// @param kubeconfig a file of its own; else `KUBECONFIG`, then `~/.kube/config`, then the pod that this runs in
/// @param context which of the file's contexts; else its current one
/// @param as a user to act as
public record Access(Optional<Path> kubeconfig, Optional<String> context, Optional<String> as) {
    private static final int DEADLINE_MILLIS = 10_000;
    private static final int RETRIES = 2;

    /// Whether the places where one looks for a cluster by default name one.
    ///
    /// @param home the home directory; empty if there is none
    public static boolean found(Map<String, String> environment, Optional<String> home) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST")
                || !files(environment, home).isEmpty();
    }

    private static List<Path> files(Map<String, String> environment, Optional<String> home) {
        Stream<Path> named = Optional.ofNullable(environment.get("KUBECONFIG")).stream()
                .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Stream<Path> ofHome = home.stream().map(folder -> Path.of(folder, ".kube", "config"));
        return (environment.containsKey("KUBECONFIG") ? named : ofHome)
                .filter(Files::isRegularFile)
                .toList();
    }

    /// Connects, without a word to the cluster yet.
    ///
    /// @throws AccessException if there is no such file or context, or it cannot be read
    public Cluster open(Map<String, String> environment, Optional<String> home) {
        try {
            Config config = config(environment, home);
            context.filter(name -> !named(config, name)).ifPresent(name -> {
                throw new AccessException("there is no context " + name + "; kubectl config get-contexts lists them");
            });
            as.ifPresent(config::setImpersonateUsername);
            config.setConnectionTimeout(DEADLINE_MILLIS);
            config.setRequestTimeout(DEADLINE_MILLIS);
            config.setRequestRetryBackoffLimit(RETRIES);
            return new Cluster(new Api(config));
        } catch (KubernetesClientException wrong) {
            throw new AccessException("cannot use the kubeconfig: " + wrong.getMessage());
        }
    }

    /// Whether the context is the one that was asked for: the library takes the current one where that is not there.
    private static boolean named(Config config, String name) {
        return Optional.ofNullable(config.getCurrentContext())
                .filter(current -> name.equals(current.getName()))
                .isPresent();
    }

    /// Several files of `KUBECONFIG` are one, which the library sees to.
    private Config config(Map<String, String> environment, Optional<String> home) {
        List<Path> files = kubeconfig.map(List::of).orElseGet(() -> files(environment, home));
        if (kubeconfig.filter(file -> !Files.isRegularFile(file)).isPresent()) {
            throw new AccessException("there is no file " + kubeconfig.get());
        }
        return files.size() == 1
                ? Config.fromKubeconfig(context.orElse(null), files.getFirst().toFile())
                : Config.autoConfigure(context.orElse(null));
    }
}
