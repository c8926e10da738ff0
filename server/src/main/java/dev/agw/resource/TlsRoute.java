package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Optional;

/// `TLSRoute` of gateway.networking.k8s.io.
///
/// https://gateway-api.sigs.k8s.io/reference/spec/#tlsroute
@Doc("Which TLS connections go to which backends; listeners of protocol TLS take it.")
public record TlsRoute(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("What the route is attached to, which names it is for, and its backends.")
    public record Spec(
            @Doc("Gateways (and listeners) the route attaches to. Absent: every Gateway of the set.")
            List<HttpRoute.ParentRef> parentRefs,

            @Doc("Names that clients ask for: exact, or with `*.` in front. Absent: those of the listener.")
            List<String> hostnames,

            @Doc("The rule; there is one.") List<Rule> rules) {
        public Spec {
            if (rules.size() > 1) {
                throw new InvalidValueException(
                        "expected one rule, found " + rules.size(), "bytes have nothing to choose a rule by");
            }
        }
    }

    @Doc("Backends that share the connections.")
    public record Rule(
            @Doc("Name of the rule.") Optional<String> name,

            @Doc("Backends that share the connections by weight.")
            List<BackendRef> backendRefs) {}

    @Doc("A backend and its share of the connections.")
    public record BackendRef(
            @Doc("API group. Absent: found by kind.") Optional<String> group,

            @Doc("Kind: Backend or Service. Absent: a Backend of that name, else a Service.")
            Optional<String> kind,

            @Doc("Namespace. Absent: the route's own; another needs a ReferenceGrant.")
            Optional<String> namespace,

            @Doc("Name.") String name,

            @Doc("Port of a Service.") @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Doc(value = "Share of the connections, relative to the other weights.", byDefault = "1")
            @Range(max = 1_000_000)
            int weight) {
        /// The same as a route of HTTP would say it.
        public HttpRoute.BackendRef plain() {
            return new HttpRoute.BackendRef(group, kind, namespace, name, port, weight, List.of());
        }
    }
}
