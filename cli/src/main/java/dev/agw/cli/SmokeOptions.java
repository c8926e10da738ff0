package dev.agw.cli;

import dev.agw.cli.upgrade.Smoke;
import dev.agw.cli.upgrade.Snapshot;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Requests that are sent through the gateways to see whether they serve.
final class SmokeOptions {
    @Option(
            names = "--smoke-url",
            paramLabel = "URL",
            description = "Sends a short chat through the gateways, such as http://gateway/v1.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--smoke-model", paramLabel = "NAME", description = "Which model it asks for.")
    private String model = "demo-model";

    @Option(
            names = "--smoke-key",
            paramLabel = "VARIABLE",
            description = "Which variable of the environment holds the client's key, if it needs one.")
    private Optional<String> key = Optional.empty();

    boolean none() {
        return url.isEmpty();
    }

    /// The snapshot with the answers, if any are wanted.
    Snapshot tried(Snapshot snapshot, Surroundings surroundings) throws InterruptedException {
        if (url.isEmpty()) {
            return snapshot;
        }
        UpgradeSources.checked("--smoke-url", url.get());
        Optional<String> secret =
                key.map(name -> Optional.ofNullable(surroundings.environment().get(name))
                        .orElseThrow(() -> new CommandException(ExitCode.USAGE, "there is no variable " + name)));
        return snapshot.withSmoke(new Smoke(url.get(), model, secret).answers());
    }
}
