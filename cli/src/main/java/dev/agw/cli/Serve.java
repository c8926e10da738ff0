package dev.agw.cli;

import dev.agw.gateway.ConfigSource;
import dev.agw.gateway.GatewayProcess;
import dev.agw.gateway.Hurry;
import dev.agw.schema.Problem;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.LoadedSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `agw serve` does: the gateway. Its standard output is the access log.
///
/// @param err where it says what it does, and what is wrong
record Serve(Surroundings surroundings, ServeOptions options, PrintWriter err) {
    private static final int DEFAULT_PORT = 8080;

    /// Serves until told to end.
    ///
    /// @throws CommandException if the options or what they name cannot be used
    ExitCode run() throws InterruptedException {
        if (options.demo() && options.config().isPresent()) {
            throw new CommandException(ExitCode.USAGE, "--demo and --config exclude each other");
        }
        return options.demo() ? demo() : run(configured(), "");
    }

    private ExitCode demo() throws InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.demo())) {
            String manifests = BuiltInManifests.demo(options.port().orElse(DEFAULT_PORT), simulator.port());
            return run(
                    new Startup(
                            endingSoon(settings(options.settings())),
                            ConfigSource.text("demo", manifests),
                            "a demo, with a simulated provider at " + simulator.url()),
                    "demo-model");
        }
    }

    /// No load balancer has to look away from a demo, so SIGTERM need not wait for that either.
    private static AgwSettings endingSoon(AgwSettings given) {
        return new AgwSettings(
                given.resources(),
                given.admin(),
                given.metrics(),
                given.readiness(),
                new AgwSettings.Shutdown(Duration.ZERO, given.shutdown().max()),
                given.clients(),
                given.limits(),
                given.upstream(),
                given.retry(),
                given.telemetry(),
                given.log());
    }

    /// Serves until told to end.
    ///
    /// @param model what example lines ask for; empty for none
    private ExitCode run(Startup startup, String model) throws InterruptedException {
        ProcessLog.apply(startup.settings().log());
        try (GatewayProcess process = GatewayProcess.start(
                startup.settings(), startup.source(), surroundings.accessLog(), Version.number())) {
            Signals signals = Signals.first(signal -> end(process, signal));
            err.print(Greeting.text(startup.from(), process.listening(), model));
            err.flush();
            process.awaitEnd();
            return signals.exitCode();
        }
    }

    private void end(GatewayProcess process, Signals.Kind signal) {
        Hurry hurry = signal == Signals.Kind.INT ? Hurry.WITH_THE_LAST_REQUEST : Hurry.NONE;
        process.shutdown(hurry, ending -> {
            err.println(Farewell.text(ending, signal));
            err.flush();
        });
    }

    private Startup configured() {
        Optional<ConfigPaths> given = options.config().map(ConfigPaths::of);
        AgwSettings settings = settings(options.settings().or(() -> given.flatMap(ConfigPaths::settings)));
        return given.map(paths -> paths.manifests()
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE, "--config names settings; its place is --settings")))
                .or(() -> Optional.of(Path.of(settings.resources().path())).filter(Files::exists))
                .map(path -> manifests(settings, path))
                .orElseGet(() -> keys(settings));
    }

    private Startup manifests(AgwSettings settings, Path path) {
        if (options.port().isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--port is for a start without manifests; the Gateways in " + path + " name theirs");
        }
        return new Startup(settings, ConfigSource.path(path), "manifests from " + path + ", watched for changes");
    }

    private Startup keys(AgwSettings settings) {
        List<Provider> providers = Provider.found(surroundings.environment());
        if (providers.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, """
                    nothing to serve: no manifests at %s and no provider's key in the environment. Three ways to start:
                      agw serve --demo                 a simulated provider: no key, no network
                      OPENAI_API_KEY=... agw serve     a real one; ANTHROPIC_API_KEY and GEMINI_API_KEY work, too
                      agw init                         manifests to start from""".formatted(settings.resources().path()));
        }
        String from = providers.stream()
                .map(provider ->
                        "/" + provider.name() + " -> " + provider.baseUrl() + " with " + provider.keyVariable())
                .collect(Collectors.joining(", "));
        String manifests = BuiltInManifests.forKeys(options.port().orElse(DEFAULT_PORT), providers);
        return new Startup(settings, ConfigSource.text("environment", manifests), from);
    }

    private AgwSettings settings(Optional<Path> file) {
        SettingsReader reader = new SettingsReader(surroundings.environment(), surroundings.properties());
        LoadedSettings loaded = file.map(reader::read).orElseGet(reader::defaults);
        for (Problem problem : loaded.problems()) {
            err.println(problem);
        }
        return loaded.settings()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "the settings cannot be used; see above"));
    }
}
