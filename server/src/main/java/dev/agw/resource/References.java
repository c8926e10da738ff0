package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/*
 * A reference to what is not there is a warning: the rest of the set works without it, and in a cluster it may come
 * at any time. Two gateways that want different things of one port are an error: no order of events makes that right.
 */
/// Checks that what resources refer to is there and may be referred to; what routes refer to, [RouteReferences]
/// checks.
final class References {
    private static final FieldPath SPEC = FieldPath.TOP.field("spec");

    private final ResourceSet set;
    private final Sources sources;
    private final Problems problems;

    References(ResourceSet set, Sources sources, Problems problems) {
        this.set = set;
        this.sources = sources;
        this.problems = problems;
    }

    void check() {
        set.all(Gateway.class).forEach(this::gateway);
        new PortConflicts(set.all(Gateway.class), sources, problems).check();
        set.all(Backend.class).forEach(this::backend);
        set.all(TrafficPolicy.class)
                .forEach(policy -> targets(policy, policy.spec().targetRefs()));
        set.all(BackendConfigPolicy.class).forEach(this::connections);
    }

    private void connections(BackendConfigPolicy policy) {
        targets(policy, policy.spec().targetRefs());
        policy.spec().tls().ifPresent(tls -> authorities(policy, tls, SPEC.field("tls")));
    }

    private void gateway(Gateway gateway) {
        for (int i = 0; i < gateway.spec().listeners().size(); i++) {
            FieldPath path = SPEC.field("listeners").item(i).field("tls");
            gateway.spec().listeners().get(i).tls().ifPresent(tls -> tls(gateway, tls, path));
        }
        gateway.spec()
                .infrastructure()
                .flatMap(Gateway.Infrastructure::parametersRef)
                .ifPresent(ref -> {
                    ResourceKey key =
                            new ResourceKey(ref.kind(), gateway.metadata().namespace(), ref.name());
                    exists(
                            gateway,
                            key,
                            SPEC.field("infrastructure").field("parametersRef"),
                            "the defaults hold until it is");
                });
    }

    private void tls(Gateway gateway, Gateway.Tls tls, FieldPath path) {
        String effect = "connections to the listener are refused until it is";
        objects(gateway, tls.certificateRefs(), "Secret", path.field("certificateRefs"), effect);
        tls.frontendValidation()
                .ifPresent(validation -> objects(
                        gateway,
                        validation.caCertificateRefs(),
                        "ConfigMap",
                        path.field("frontendValidation").field("caCertificateRefs"),
                        effect));
        new ListenerReferences(set, sources, problems, Instant.now()).check(gateway, tls, path);
    }

    private void backend(Backend backend) {
        backend.spec().ai().ifPresent(ai -> providers(backend, ai));
        backend.spec()
                .staticHosts()
                .flatMap(Backend.StaticHosts::tls)
                .ifPresent(tls -> authorities(backend, tls, SPEC.field("static").field("tls")));
    }

    private void providers(Backend backend, Backend.Ai ai) {
        FieldPath path = SPEC.field("ai");
        ai.llm().ifPresent(provider -> provider(backend, provider, path.field("llm")));
        for (int i = 0; i < ai.priorityGroups().size(); i++) {
            List<Backend.Provider> providers = ai.priorityGroups().get(i).providers();
            FieldPath group = path.field("priorityGroups").item(i).field("providers");
            for (int j = 0; j < providers.size(); j++) {
                provider(backend, providers.get(j), group.item(j));
            }
        }
    }

    private void provider(Backend backend, Backend.Provider provider, FieldPath path) {
        FieldPath dialect = path.field(provider.dialect());
        provider.authToken().ifPresent(token -> token(backend, token, dialect.field("authToken")));
        provider.openai()
                .flatMap(Backend.OpenAi::tls)
                .ifPresent(tls -> authorities(backend, tls, dialect.field("tls")));
    }

    private void token(Backend backend, AuthToken token, FieldPath path) {
        if (token.kind() != AuthToken.Source.SecretRef || token.secretRef().isEmpty()) {
            return;
        }
        AuthToken.SecretRef ref = token.secretRef().get();
        String namespace = backend.metadata().namespace();
        ResourceKey key = new ResourceKey("Secret", ref.namespace().orElse(namespace), ref.name());
        FieldPath here = path.field("secretRef");
        boolean there = exists(backend, key, here, "the provider is not called until it is");
        boolean usable = set.find(key).isEmpty()
                || set.find(key)
                        .map(Secret.class::cast)
                        .flatMap(Secret::credential)
                        .isPresent();
        if (there && !usable) {
            warn(backend, here, key + " has no key Authorization, nor one key alone", "the provider is not called");
        }
    }

    private void authorities(Resource from, BackendTls tls, FieldPath path) {
        String effect = "the backend is not called until it is";
        objects(from, tls.caCertificateRefs(), "ConfigMap", path.field("caCertificateRefs"), effect);
        tls.secretRef().ifPresent(ref -> object(from, ref, "Secret", path.field("secretRef"), effect));
    }

    private void objects(Resource from, List<ObjectRef> refs, String kind, FieldPath path, String effect) {
        for (int i = 0; i < refs.size(); i++) {
            object(from, refs.get(i), kind, path.item(i), effect);
        }
    }

    private void object(Resource from, ObjectRef ref, String kind, FieldPath path, String effect) {
        String namespace = ref.namespace().orElse(from.metadata().namespace());
        exists(from, new ResourceKey(ref.kind().orElse(kind), namespace, ref.name()), path, effect);
    }

    private void targets(Resource policy, List<TargetRef> refs) {
        for (int i = 0; i < refs.size(); i++) {
            TargetRef ref = refs.get(i);
            FieldPath path = SPEC.field("targetRefs").item(i);
            Optional<Kinds.Kind> kind = Kinds.named(ref.kind());
            if (kind.isPresent() && !kind.get().group().equals(ref.group())) {
                String group = kind.get().group();
                warn(
                        policy,
                        path.field("group"),
                        ref.kind() + " is of group \"" + group + "\"",
                        "the group is ignored");
            }
            ResourceKey key = new ResourceKey(ref.kind(), policy.metadata().namespace(), ref.name());
            exists(policy, key, path, "the policy has no effect on it until it is");
        }
    }

    private boolean exists(Resource from, ResourceKey key, FieldPath path, String effect) {
        boolean standIn = key.kind().equals("Gateway") && defaultGateway(key);
        if (set.find(key).isEmpty() && !sources.unread(key) && !standIn) {
            warn(from, path, "no " + key + " in this set", effect);
            return false;
        }
        if (!set.allows(from.kind(), from.metadata().namespace(), key)) {
            String hint = "add a ReferenceGrant in namespace " + key.namespace();
            warn(
                    from,
                    path,
                    key + " may not be referred to from namespace "
                            + from.metadata().namespace(),
                    hint);
            return false;
        }
        return true;
    }

    private boolean defaultGateway(ResourceKey key) {
        return set.gateway(key.namespace(), key.name()).isPresent();
    }

    private void warn(Resource from, FieldPath path, String message, String hint) {
        sources.warn(from, new Finding(path, message, hint), problems);
    }
}
