package dev.agw.gateway;

import dev.agw.balance.Endpoint;
import dev.agw.balance.EndpointId;
import dev.agw.balance.Endpoints;
import dev.agw.balance.OutlierDetection;
import dev.agw.llm.ProviderCall;
import dev.agw.policy.RetryBudget;
import dev.agw.policy.RetryPolicy;
import dev.agw.proxy.Patience;
import dev.agw.proxy.Target;
import dev.agw.resource.AuthToken;
import dev.agw.resource.Backend;
import dev.agw.resource.BackendConfigPolicy;
import dev.agw.resource.BackendTls;
import dev.agw.resource.EndpointSlice;
import dev.agw.resource.Resource;
import dev.agw.resource.ResourceKey;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.SecretValue;
import dev.agw.resource.Service;
import dev.agw.resource.TrafficPolicy;
import dev.agw.settings.AgwSettings;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.Origin;
import dev.agw.upstream.TlsSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns a Backend or a port of a Service into what requests are sent to. Used once.
final class TargetCompiler {
    /// What may be answered by the next provider instead, when a backend has several and the route says nothing.
    private static final Set<Integer> FAILOVER_CODES = Set.of(429, 500, 502, 503, 504, 529);

    private static final int MOST_FAILOVERS = 3;

    private final ResourceSet resources;
    private final LongLived longLived;
    private final TlsCompiler tls;
    private final Set<EndpointId> endpoints = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();

    TargetCompiler(ResourceSet resources, LongLived longLived) {
        this.resources = resources;
        this.longLived = longLived;
        this.tls = new TlsCompiler(resources, warnings);
    }

    /// What a Backend stands for.
    ReadyTarget backend(Backend backend) {
        return made(target(backend));
    }

    /// What a port of a Service stands for.
    ReadyTarget service(Service service, int port) {
        return made(Optional.of(pods(service, port)));
    }

    private ReadyTarget made(Optional<Target> target) {
        return new ReadyTarget(target, endpoints, warnings);
    }

    private Optional<Target> target(Backend backend) {
        return switch (backend.spec().type().orElseThrow()) {
            case AI -> Optional.of(models(backend, backend.spec().ai().orElseThrow()));
            case Static ->
                Optional.of(hosts(backend, backend.spec().staticHosts().orElseThrow()));
            case MCP -> {
                warnings.add(backend.key() + ": MCP is accepted, not yet in effect; its requests get 503");
                yield Optional.empty();
            }
        };
    }

    private Target models(Backend backend, Backend.Ai ai) {
        String name = backend.metadata().qualifiedName();
        ConnectionSettings connections = connections(backend.key());
        List<List<Endpoint<Target.Provider>>> groups = new ArrayList<>();
        for (List<Backend.Provider> group : ai.groups()) {
            List<Endpoint<Target.Provider>> usable = new ArrayList<>();
            group.forEach(provider -> provider(backend, provider, connections)
                    .ifPresent(payload -> usable.add(endpoint(name, provider.label(), payload))));
            groups.add(usable);
        }
        Endpoints<Target.Provider> all = new Endpoints<>(name, groups, detection(backend.key()));
        int others = Math.min(all.size() - 1, MOST_FAILOVERS);
        RetryPolicy failover = others > 0 ? new RetryPolicy(others, FAILOVER_CODES, 0) : RetryPolicy.NONE;
        return new Target.Ai(
                name, all, patience(backend.key()), retry(backend.key(), failover), budget(backend.key(), name));
    }

    /// A provider that would be called without the credential it needs is left out: it would refuse every call.
    private Optional<Target.Provider> provider(
            Backend backend, Backend.Provider provider, ConnectionSettings connections) {
        String place = backend.key() + ": provider \"" + provider.label() + "\"";
        if (provider.openai().isEmpty()) {
            warnings.add(place + ": dialect " + provider.dialect() + " is accepted, not yet in effect; not called");
            return Optional.empty();
        }
        Backend.OpenAi openai = provider.openai().get();
        Optional<SecretValue> credential = openai.authToken()
                .flatMap(token -> resources.credential(token, backend.metadata().namespace()));
        boolean passes = openai.authToken()
                .map(token -> token.kind() == AuthToken.Source.Passthrough)
                .orElse(false);
        if (openai.authToken().isPresent() && credential.isEmpty() && !passes) {
            warnings.add(place + ": its credential is not there; not called until it is");
            return Optional.empty();
        }
        Optional<TlsCompiler.Encryption> encryption = encryption(openai.tls(), openai.encryption(), backend);
        if (encryption.isEmpty()) {
            return Optional.empty();
        }
        String host = openai.hostToCall();
        Origin origin = new Origin(host, openai.portToCall(), encryption.get().tls(), connections);
        ProviderCall call = new ProviderCall(
                Providers.system(host), openai.model(), openai.path(), Providers.auth(credential, passes), true);
        return Optional.of(new Target.Provider(origin, call));
    }

    private Target hosts(Backend backend, Backend.StaticHosts hosts) {
        String name = backend.metadata().qualifiedName();
        ConnectionSettings connections = connections(backend.key());
        List<Endpoint<Origin>> all = new ArrayList<>();
        encryption(hosts.tls(), hosts.encryption(), backend).ifPresent(encryption -> {
            for (Backend.Host host : hosts.hosts()) {
                Origin origin = new Origin(host.host(), host.port(), encryption.tls(), connections);
                all.add(endpoint(name, origin.authority(), origin));
            }
        });
        return http(backend.key(), name, List.of(all));
    }

    private Target pods(Service service, int port) {
        String name = service.metadata().qualifiedName();
        ConnectionSettings connections =
                Connections.of(longLived.settings(), configs(service.key()), service.speaksH2c(port));
        List<Endpoint<Origin>> all = new ArrayList<>();
        encryption(Optional.empty(), BackendTls.OFF, service)
                .ifPresent(encryption -> pods(service, port, encryption.tls(), connections)
                        .forEach(origin -> all.add(endpoint(name, origin.authority(), origin))));
        return http(service.key(), name, List.of(all));
    }

    /// Where the pods of a Service are; its own name where no slice says it.
    private List<Origin> pods(Service service, int port, Optional<TlsSettings> tls, ConnectionSettings connections) {
        List<EndpointSlice> slices = resources.slices(service);
        List<Origin> all = new ArrayList<>();
        if (slices.isEmpty()) {
            all.add(new Origin(service.host(), port, tls, connections));
        }
        for (EndpointSlice slice : slices) {
            int target = slicePort(service, port, slice);
            slice.endpoints().stream()
                    .filter(endpoint -> endpoint.conditions().ready())
                    .map(endpoint -> new Origin(endpoint.addresses().get(0), target, tls, connections))
                    .forEach(all::add);
        }
        return all;
    }

    /// The encryption of the Backend itself, else that of its policies, else what holds without a word.
    private Optional<TlsCompiler.Encryption> encryption(
            Optional<BackendTls> own, BackendTls otherwise, Resource owner) {
        BackendTls wanted = own.or(() -> configs(owner.key()).stream()
                        .flatMap(policy -> policy.tls().stream())
                        .findFirst())
                .orElse(otherwise);
        return tls.encryption(wanted, owner);
    }

    private RetryBudget budget(ResourceKey key, String name) {
        return longLived.budget(name, Connections.maxRetries(configs(key)));
    }

    /// The port of the pods that stands for a port of the Service: the one of the same name, or the only one.
    private static int slicePort(Service service, int port, EndpointSlice slice) {
        Optional<String> name = service.spec().ports().stream()
                .filter(candidate -> candidate.port() == port)
                .findFirst()
                .flatMap(Service.Port::name);
        return slice.ports().stream()
                .filter(candidate ->
                        slice.ports().size() == 1 || candidate.name().equals(name))
                .findFirst()
                .flatMap(EndpointSlice.Port::port)
                .orElse(port);
    }

    private Target http(ResourceKey key, String name, List<List<Endpoint<Origin>>> groups) {
        return new Target.Http(
                name,
                new Endpoints<>(name, groups, detection(key)),
                patience(key),
                retry(key, RetryPolicy.NONE),
                budget(key, name));
    }

    private <T> Endpoint<T> endpoint(String backend, String name, T payload) {
        EndpointId id = new EndpointId(backend, name);
        endpoints.add(id);
        return longLived.endpoints().endpoint(id, 1, payload);
    }

    private Patience patience(ResourceKey key) {
        AgwSettings.Upstream defaults = longLived.settings().upstream();
        List<TrafficPolicy.Spec> policies = policies(key);
        return new Patience(
                either(Policies.or(0, policies, TrafficPolicy.Timeouts::request), defaults.totalTimeout()),
                either(Policies.or(0, policies, TrafficPolicy.Timeouts::backendRequest), defaults.firstByteTimeout()),
                either(Policies.or(0, policies, TrafficPolicy.Timeouts::firstToken), defaults.firstByteTimeout()),
                either(Policies.or(0, policies, TrafficPolicy.Timeouts::streamIdle), defaults.streamIdleTimeout()));
    }

    private static long either(long nanos, java.time.Duration otherwise) {
        return nanos > 0 ? nanos : otherwise.toNanos();
    }

    private RetryPolicy retry(ResourceKey key, RetryPolicy otherwise) {
        RetryPolicy configured = Policies.retry(RetryPolicy.NONE, policies(key));
        return configured.attempts() > 0 ? configured : otherwise;
    }

    private List<TrafficPolicy.Spec> policies(ResourceKey key) {
        return resources.trafficPolicies(key).stream().map(TrafficPolicy::spec).toList();
    }

    private ConnectionSettings connections(ResourceKey key) {
        return Connections.of(longLived.settings(), configs(key));
    }

    private Optional<OutlierDetection> detection(ResourceKey key) {
        return Connections.detection(configs(key));
    }

    private List<BackendConfigPolicy.Spec> configs(ResourceKey key) {
        return resources.backendPolicies(key).stream()
                .map(BackendConfigPolicy::spec)
                .toList();
    }
}
