package dev.agw.gateway;

import dev.agw.proxy.PortListeners;
import dev.agw.proxy.ProxyHandler;
import dev.agw.proxy.Snapshot;
import dev.agw.proxy.Target;
import dev.agw.resource.Manifests;
import dev.agw.resource.ResourceSet;
import dev.agw.schema.Problem;
import dev.agw.settings.AgwSettings;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.upstream.DnsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The configuration in force: taken at the start, replaced whole when the manifests change, kept when the new
/// ones have errors.
final class Configuration implements Follower, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Configuration.class.getName());

    /// What cannot be used may be half of what is still being written: it is refused somewhat later than it could
    /// be used.
    private static final Duration INVALID = Duration.ofMillis(60);

    private final AgwSettings settings;
    private final ManifestSource source;
    private final Ports ports;
    private final GatewayMetrics metrics;
    private final DnsCache dns;
    private final LongLived longLived;
    private final Compiler compiler;
    private final Fingerprint fingerprint = new Fingerprint();
    private final AtomicReference<State> state;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Runnable> gauges = new HashMap<>();
    private volatile Optional<PathWatcher> watcher = Optional.empty();
    private Optional<Manifests> seen = Optional.empty();
    private Optional<Runnable> next = Optional.empty();
    private long patience = System.nanoTime();

    /// What is in force.
    ///
    /// @param since when it was taken
    record State(ResourceSet resources, Compiled compiled, List<String> warnings, Instant since) {
        State serving(Snapshot snapshot) {
            return new State(resources, compiled.serving(snapshot), warnings, since);
        }
    }

    Configuration(AgwSettings settings, ManifestSource source, Ports ports, GatewayMetrics metrics, DnsCache dns) {
        this.settings = settings;
        this.source = source;
        this.ports = ports;
        this.metrics = metrics;
        this.dns = dns;
        this.longLived = new LongLived(settings);
        this.compiler = new Compiler(longLived);
        ResourceSet none = ResourceSet.of(List.of());
        Compiled nothing = new Compiled(
                Snapshot.EMPTY, Map.of(), SecurePorts.NONE, Map.of(), Set.of(), Optional.empty(), List.of());
        this.state = new AtomicReference<>(new State(none, nothing, List.of(), Instant.now()));
    }

    /// Takes the first configuration and begins to serve it. What changes from then on is followed.
    ///
    /// @throws StartException it has errors, or a port is taken
    void start(ProxyHandler handler) {
        turn.lock();
        try {
            ports.serve(handler);
            watcher = source.follow(this, metrics.housekeeping());
            Manifests first = source.read(Touched.PERHAPS_ANYTHING);
            seen = Optional.of(first);
            if (!first.valid()) {
                metrics.configRejected();
                throw new StartException(errors(first));
            }
            take(first, compiler.compile(first.resources()));
        } finally {
            turn.unlock();
        }
    }

    Snapshot snapshot() {
        return state.getPlain().compiled().snapshot();
    }

    State state() {
        return state.get();
    }

    List<String> warnings() {
        return state.get().warnings();
    }

    List<Listening> listening() {
        return ports.listening();
    }

    /// How long draining may take: the parameters' word, else the settings'.
    Drain.Times shutdown() {
        Duration min = settings.shutdown().min();
        Duration max = settings.shutdown().max();
        return state.get()
                .compiled()
                .shutdown()
                .map(parameters -> new Drain.Times(parameters.min(), parameters.max()))
                .orElseGet(() -> new Drain.Times(min, max));
    }

    @Override
    public void close() {
        watcher.ifPresent(PathWatcher::close);
    }

    /// Works out at once what has changed, and takes it when the files have come to rest.
    @Override
    @SuppressWarnings("ReferenceEquality") // a source says "nothing new" by giving the very same again
    public Optional<Duration> look(Touched touched) {
        turn.lock();
        try {
            Manifests read = source.read(touched);
            boolean news = seen.filter(before -> before == read).isEmpty();
            if (news) {
                seen = Optional.of(read);
                next = Optional.of(next(read));
                patience = System.nanoTime() + (read.valid() ? 0 : INVALID.toNanos());
            }
            Duration rest = rest();
            if (!news && rest.isZero()) {
                next.ifPresent(this::take);
                next = Optional.empty();
            }
            return next.isPresent() || !rest.isZero() ? Optional.of(rest) : Optional.empty();
        } catch (RuntimeException e) {
            failed(e);
            return Optional.empty();
        } finally {
            turn.unlock();
        }
    }

    private Duration rest() {
        Duration left = Duration.ofNanos(Math.max(0, patience - System.nanoTime()));
        return left.compareTo(source.rest()) > 0 ? left : source.rest();
    }

    /// What is to be done once the files have come to rest.
    private Runnable next(Manifests read) {
        if (!read.valid()) {
            return () -> reject(errors(read));
        }
        Compiled compiled = compiler.compile(read.resources());
        return () -> {
            take(read, compiled);
            LOGGER.log(System.Logger.Level.INFO, "configuration reloaded: " + summary());
        };
    }

    private void take(Runnable step) {
        try {
            step.run();
        } catch (StartException e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        LOGGER.log(System.Logger.Level.ERROR, "reloading failed", e);
        reject(e.toString());
    }

    private void reject(String why) {
        metrics.configRejected();
        LOGGER.log(
                System.Logger.Level.ERROR,
                "the new configuration is not taken; the one of " + state.get().since() + " stays in force\n" + why);
    }

    /// New ports open before the switch and old ones close after it, so no request meets a port without its
    /// routes.
    @SuppressWarnings("ReferenceEquality") // the same targets are the very same map; comparing all of them costs
    private void take(Manifests read, Compiled compiled) {
        State before = state.get();
        open(compiled);
        List<String> warnings = Stream.concat(
                        read.problems().stream().map(Problem::toString), compiled.warnings().stream())
                .toList();
        state.set(new State(read.resources(), compiled, warnings, Instant.now()));
        ports.secure(compiled.secure());
        metrics.certificates(compiled.secure().certificates());
        ports.closeAllBut(compiled.ports().keySet());
        if (before.compiled().targets() != compiled.targets()) {
            longLived.retain(compiled);
            show(compiled.targets());
        }
        dns.settings(Connections.names(read.resources()));
        metrics.configLoaded(fingerprint.of(read.resources()));
        Set<String> known = new HashSet<>(before.warnings());
        warnings.stream()
                .filter(warning -> !known.contains(warning))
                .forEach(warning -> LOGGER.log(System.Logger.Level.WARNING, warning));
    }

    /// A port accepts as soon as it is open, so its routes are there before: the new ports' beside those in
    /// force, for opening can fail, and then nothing else may have changed.
    private void open(Compiled next) {
        State before = state.get();
        Map<Integer, PortListeners> both = new HashMap<>(next.snapshot().ports());
        both.putAll(before.compiled().snapshot().ports());
        state.set(before.serving(new Snapshot(both)));
        try {
            ports.open(next.ports(), next.secure());
        } catch (RuntimeException e) {
            state.set(before);
            throw e;
        }
    }

    private void show(Map<String, Target> targets) {
        Map<String, Runnable> gone = new HashMap<>(gauges);
        gone.keySet().removeAll(targets.keySet());
        gone.values().forEach(Runnable::run);
        gauges.keySet().removeAll(gone.keySet());
        targets.forEach((name, target) -> {
            var endpoints = switch (target) {
                case Target.Ai ai -> ai.endpoints();
                case Target.Http http -> http.endpoints();
            };
            gauges.put(name, metrics.endpoints(name, () -> endpoints.size() - endpoints.ejected(), endpoints::ejected));
        });
    }

    private String summary() {
        return state.get().resources().all().size() + " resources, "
                + state.get().warnings().size() + " warnings";
    }

    private static String errors(Manifests read) {
        return read.problems().stream()
                .filter(Problem::error)
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }
}
