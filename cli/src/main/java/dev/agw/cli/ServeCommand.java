package dev.agw.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw serve` as picocli reads it; what is plain enough, [ServeOptions#plain] reads without it.
@Command(
        name = "serve",
        sortOptions = false,
        header = "Runs the gateway.",
        description = {
            "SIGTERM or Ctrl-C let the requests that run come to their end; a second one ends agw at once.",
            "SIGTERM has it take connections for shutdown.min first, until load balancers look elsewhere.",
            "Standard output is the access log, one line per request.",
            "",
            "Without --config it serves the manifests at resources.path of its settings (conf/resources),",
            "and without those the providers whose keys are in the environment: OPENAI_API_KEY (with",
            "OPENAI_BASE_URL), ANTHROPIC_API_KEY, GEMINI_API_KEY."
        })
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final Console console = new Console();

    @Option(
            names = "--config",
            paramLabel = "PATH",
            description = "File or folder of manifests, or a folder that agw init has written; watched for changes.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings of the process; see agw explain agw.yaml.")
    private Optional<Path> settings = Optional.empty();

    @Option(names = "--demo", description = "Serves a simulated provider: no key, no network, no configuration.")
    private boolean demo;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the gateway where no manifests say it; 0 takes a free one. Default: 8080.")
    private Optional<Integer> port = Optional.empty();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Serve(surroundings, options(), console.err()).run().number();
    }

    ServeOptions options() {
        return new ServeOptions(config, settings, demo, port, console.verbose());
    }
}
