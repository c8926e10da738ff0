package dev.agw.gateway;

import dev.agw.downstream.ClientCertificates;
import dev.agw.downstream.ServerTls;
import dev.agw.downstream.TlsListener;
import dev.agw.exchange.ListenerRef;
import dev.agw.resource.ConfigMap;
import dev.agw.resource.Gateway;
import dev.agw.resource.ObjectRef;
import dev.agw.resource.Pem;
import dev.agw.resource.Resource;
import dev.agw.resource.ResourceKey;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.Secret;
import dev.agw.resource.SecretValue;
import dev.agw.resource.TlsIdentity;
import dev.agw.resource.TlsOptions;
import dev.agw.schema.InvalidValueException;
import dev.agw.telemetry.CertificateExpiry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/*
 * What is missing closes the listener: without its authorities it would let everybody in, and another listener's
 * certificate is not what its clients expect. What is missing was told when the manifests were read, by file and line.
 */
/// Encryption towards clients: certificates, and whose certificates are taken.
final class ListenerTls {
    private static final String CA = "ca.crt";

    private final ResourceSet resources;
    private final List<CertificateExpiry> certificates = new ArrayList<>();

    ListenerTls(ResourceSet resources) {
        this.resources = resources;
    }

    /// When the certificates of all listeners compiled so far expire.
    List<CertificateExpiry> certificates() {
        return List.copyOf(certificates);
    }

    /// A listener of protocol HTTPS or TLS.
    TlsListener listener(Gateway gateway, Gateway.Listener listener, ListenerRef ref) {
        String hostname = listener.hostname().orElse("").toLowerCase(Locale.ROOT);
        Gateway.Tls tls = listener.tls().orElse(Gateway.Tls.NONE);
        if (tls.mode() == Gateway.TlsMode.Passthrough) {
            return new TlsListener.Tcp(hostname, ref, Optional.empty());
        }
        boolean http = listener.http();
        Optional<ServerTls> server = server(gateway, tls, ref, http ? ServerTls.HTTP_PROTOCOLS : List.of());
        if (server.isEmpty()) {
            return new TlsListener.Closed(hostname, ref);
        }
        return http ? new TlsListener.Http(hostname, ref, server.get()) : new TlsListener.Tcp(hostname, ref, server);
    }

    private Optional<ServerTls> server(Gateway gateway, Gateway.Tls tls, ListenerRef ref, List<String> protocols) {
        List<TlsIdentity> identities = new ArrayList<>();
        for (ObjectRef secret : tls.certificateRefs()) {
            identity(gateway, secret, ref).ifPresent(identities::add);
        }
        Optional<ClientCertificates> clients = tls.frontendValidation().isEmpty()
                ? Optional.of(ClientCertificates.NONE)
                : clients(gateway, tls.frontendValidation().get(), TlsOptions.of(tls));
        return identities.isEmpty()
                ? Optional.empty()
                : clients.map(known -> new ServerTls(identities, known, versions(tls), protocols));
    }

    private static ServerTls.Versions versions(Gateway.Tls tls) {
        return TlsOptions.of(tls).tls13Only() ? ServerTls.Versions.TLS_1_3 : ServerTls.Versions.TLS_1_2_AND_LATER;
    }

    private Optional<TlsIdentity> identity(Gateway gateway, ObjectRef ref, ListenerRef listener) {
        Optional<Secret> secret = find(gateway, ref, "Secret").map(Secret.class::cast);
        try {
            Optional<TlsIdentity> identity = secret.map(TlsIdentity::of);
            identity.ifPresent(one -> certificates.add(new CertificateExpiry(
                    listener, secret.orElseThrow().metadata().qualifiedName(), one.notAfter())));
            return identity;
        } catch (InvalidValueException told) {
            return Optional.empty();
        }
    }

    /// Empty if an authority is missing or cannot be read.
    private Optional<ClientCertificates> clients(
            Gateway gateway, Gateway.FrontendValidation validation, TlsOptions options) {
        List<X509Certificate> authorities = new ArrayList<>();
        for (ObjectRef ref : validation.caCertificateRefs()) {
            try {
                authorities.addAll(Pem.certificates(authority(gateway, ref)));
            } catch (InvalidValueException told) {
                return Optional.empty();
            }
        }
        return authorities.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientCertificates(demand(validation, options), authorities));
    }

    private static ClientCertificates.Demand demand(Gateway.FrontendValidation validation, TlsOptions options) {
        if (options.clientCertificateOptional()) {
            return ClientCertificates.Demand.OPTIONAL;
        }
        return switch (validation.mode()) {
            case AllowValidOnly -> ClientCertificates.Demand.REQUIRED;
            case AllowInsecureFallback -> ClientCertificates.Demand.UNCHECKED;
        };
    }

    /// Text of the key `ca.crt`; empty where it is not to be had.
    private String authority(Gateway gateway, ObjectRef ref) {
        Resource found = find(gateway, ref, "ConfigMap").orElse(gateway);
        if (found instanceof Secret secret) {
            return Optional.ofNullable(secret.values().get(CA))
                    .map(SecretValue::reveal)
                    .orElse("");
        }
        return found instanceof ConfigMap map ? map.data().getOrDefault(CA, "") : "";
    }

    private Optional<Resource> find(Gateway gateway, ObjectRef ref, String kind) {
        String own = gateway.metadata().namespace();
        ResourceKey key =
                new ResourceKey(ref.kind().orElse(kind), ref.namespace().orElse(own), ref.name());
        return resources.find(key).filter(there -> resources.allows("Gateway", own, key));
    }
}
