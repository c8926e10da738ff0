package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `Gateway` of gateway.networking.k8s.io/v1.
///
/// https://gateway-api.sigs.k8s.io/reference/spec/#gateway
@Doc("The ports that clients connect to.")
public record Gateway(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("Listeners, and how the gateway is set up.")
    public record Spec(
            @Doc("Class of the gateway. agw serves every Gateway of its set, whatever the class.")
            Optional<String> gatewayClassName,

            @Doc("Ports that are opened.") List<Listener> listeners,

            @Doc("Addresses asked of the cluster. For what deploys gateways, not for a running one.")
            List<Address> addresses,

            @Doc("Labels and parameters for what is deployed. For what deploys gateways, not for a running one.")
            Optional<Infrastructure> infrastructure) {
        public Spec {
            if (listeners.stream().map(Listener::name).distinct().count() < listeners.size()) {
                throw new InvalidValueException("two listeners of the same name", "give each its own");
            }
            for (Listener one : listeners) {
                for (Listener other : listeners) {
                    one.mustShareThePortWith(other);
                }
            }
        }
    }

    @Doc("One protocol on one port, for one host or all.")
    public record Listener(
            @Doc("Name, unique in the Gateway; routes refer to it by sectionName.")
            String name,

            @Doc("Port.") @Range(max = 65_535) int port,
            @Doc("What is spoken on the port.") Protocol protocol,

            @Doc("Host the listener is for: exact, or with `*.` in front. Absent: all.")
            Optional<String> hostname,

            @Doc("For HTTPS and TLS.") Optional<Tls> tls,
            @Doc("Which routes may attach.") AllowedRoutes allowedRoutes) {
        public Listener {
            boolean terminates = tls.map(Tls::mode).orElse(TlsMode.Terminate) == TlsMode.Terminate;
            if (protocol == Protocol.HTTPS
                    && terminates
                    && tls.map(Tls::certificateRefs).orElse(List.of()).isEmpty()) {
                throw new InvalidValueException(
                        "protocol HTTPS needs a certificate", "add tls: {certificateRefs: [{name: ...}]}");
            }
        }

        /// HTTP or HTTPS: what HTTPRoutes can attach to.
        public boolean http() {
            return protocol == Protocol.HTTP || protocol == Protocol.HTTPS;
        }

        private void mustShareThePortWith(Listener other) {
            if (name.equals(other.name) || port == 0 || port != other.port) {
                return;
            }
            String both = "listeners \"" + name + "\" and \"" + other.name + "\" on port " + port;
            if (protocol != other.protocol) {
                throw new InvalidValueException(both + " speak different protocols", "give one another port");
            }
            if (hostname.equals(other.hostname)) {
                throw new InvalidValueException(both + " are for the same host", "give each its own hostname");
            }
        }
    }

    /// What a listener speaks.
    public enum Protocol {
        HTTP,
        HTTPS,
        TLS,
        TCP
    }

    @Doc("How connections are encrypted.")
    public record Tls(
            @Doc(value = "Terminate: agw decrypts. Passthrough: the backend does.", byDefault = "Terminate")
            TlsMode mode,

            @Doc("Secrets of type kubernetes.io/tls with certificate and key.")
            List<ObjectRef> certificateRefs,

            @Doc("How client certificates are checked. Absent: none are asked for.")
            Optional<FrontendValidation> frontendValidation,

            @Doc("kgateway.dev/min-tls-version: 1.2 (the default) or 1.3; agw.dev/client-certificate: optional.")
            Map<String, String> options) {
        /// Nothing is said.
        public static final Tls NONE = new Tls(TlsMode.Terminate, List.of(), Optional.empty(), Map.of());

        public Tls {
            TlsOptions.of(options);
        }
    }

    /// Who decrypts.
    public enum TlsMode {
        Terminate,
        Passthrough
    }

    @Doc("Check of client certificates.")
    public record FrontendValidation(
            @Doc("ConfigMaps (or Secrets) whose key ca.crt holds the certificates of accepted authorities.")
            List<ObjectRef> caCertificateRefs,

            @Doc(
                    value =
                            "AllowValidOnly refuses clients without a valid certificate; AllowInsecureFallback lets them in.",
                    byDefault = "AllowValidOnly")
            ValidationMode mode) {}

    /// What happens to clients without a valid certificate.
    public enum ValidationMode {
        AllowValidOnly,
        AllowInsecureFallback
    }

    @Doc("Routes that may attach to a listener.")
    public record AllowedRoutes(
            @Doc("Namespaces of the routes. Absent: the Gateway's own; for routes without parentRefs all.")
            Optional<RouteNamespaces> namespaces,

            @Doc("Kinds of the routes. Absent: HTTPRoute for HTTP and HTTPS, TLSRoute for TLS.")
            List<RouteKind> kinds) {
        static final AllowedRoutes ANY =
                new AllowedRoutes(Optional.of(new RouteNamespaces(FromNamespaces.All, Optional.empty())), List.of());
    }

    @Doc("Namespaces whose routes may attach.")
    public record RouteNamespaces(
            @Doc(value = "All, Same as the Gateway, those that Selector fits, or None.", byDefault = "Same")
            FromNamespaces from,

            @Doc("For Selector; of a namespace's labels agw knows kubernetes.io/metadata.name alone.")
            Optional<LabelSelector> selector) {}

    /// Which namespaces are meant.
    public enum FromNamespaces {
        All,
        Same,
        Selector,
        None
    }

    @Doc("A kind of route.")
    public record RouteKind(
            @Doc(value = "API group.", byDefault = "gateway.networking.k8s.io")
            String group,

            @Doc("Kind.") String kind) {}

    @Doc("An address asked of the cluster.")
    public record Address(
            @Doc(value = "IPAddress or Hostname.", byDefault = "IPAddress")
            String type,

            @Doc("The address.") Optional<String> value) {}

    @Doc("What the deployment of a gateway is given.")
    public record Infrastructure(
            @Doc("Labels.") Map<String, String> labels,
            @Doc("Annotations.") Map<String, String> annotations,

            @Doc("GatewayParameters or EnterpriseAgentgatewayParameters.")
            Optional<ParametersRef> parametersRef) {}

    @Doc("A reference to parameters in the same namespace.")
    public record ParametersRef(
            @Doc("API group.") String group,
            @Doc("Kind.") String kind,
            @Doc("Name.") String name) {}
}
