package dev.agw.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.schema.Doc;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `EndpointSlice` of discovery.k8s.io/v1.
@Doc("Addresses of some of a Service's endpoints; its label kubernetes.io/service-name names the Service.")
public record EndpointSlice(
        @Doc("Name, namespace and labels.") Metadata metadata,

        @Doc(value = "IPv4, IPv6 or FQDN.", byDefault = "IPv4")
        String addressType,

        @Doc("Endpoints.") List<Endpoint> endpoints,
        @Doc("Ports of every endpoint.") List<Port> ports)
        implements Resource {
    /// The label that names the Service.
    public static final String SERVICE_NAME = "kubernetes.io/service-name";

    @Doc("One endpoint.")
    public record Endpoint(
            @Doc("Addresses; the first is called.") List<String> addresses,
            @Doc("Whether it takes requests.") Conditions conditions,
            @Doc("Name of the host.") Optional<String> hostname,
            @Doc("Name of the node.") Optional<String> nodeName,
            @Doc("Zone.") Optional<String> zone,
            @Doc("The pod.") Optional<JsonNode> targetRef,
            @Doc("Hints for routing by zone.") Optional<JsonNode> hints,
            @Doc("Topology, in the old form.") Map<String, String> deprecatedTopology) {}

    @Doc("State of an endpoint.")
    public record Conditions(
            @Doc(value = "Takes new requests.", byDefault = "true")
            boolean ready,

            @Doc(value = "Answers, even while it ends.", byDefault = "true")
            boolean serving,

            @Doc(value = "About to end.", byDefault = "false")
            boolean terminating) {}

    @Doc("A port of the endpoints.")
    public record Port(
            @Doc("Name, as in the Service.") Optional<String> name,
            @Doc("Port.") @Range(min = 1, max = 65_535) Optional<Integer> port,

            @Doc(value = "TCP, UDP or SCTP.", byDefault = "TCP")
            String protocol,

            @Doc("What is spoken.") Optional<String> appProtocol) {}
}
