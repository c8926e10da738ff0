package dev.agw.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.schema.Doc;
import dev.agw.schema.PassesOver;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `Service` of v1. Its endpoints are those of its EndpointSlices; without any, its DNS name is called.
@Doc("A name for endpoints in the cluster.")
public record Service(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("Ports, and how the service is found.")
    @PassesOver({
        "allocateLoadBalancerNodePorts",
        "clusterIP",
        "clusterIPs",
        "externalIPs",
        "externalTrafficPolicy",
        "healthCheckNodePort",
        "internalTrafficPolicy",
        "ipFamilies",
        "ipFamilyPolicy",
        "loadBalancerClass",
        "loadBalancerIP",
        "loadBalancerSourceRanges",
        "publishNotReadyAddresses",
        "sessionAffinity",
        "sessionAffinityConfig",
        "trafficDistribution"
    })
    public record Spec(
            @Doc(value = "ClusterIP, NodePort, LoadBalancer or ExternalName.", byDefault = "ClusterIP")
            String type,

            @Doc("Ports.") List<Port> ports,
            @Doc("Labels of the pods behind it.") Map<String, String> selector,
            @Doc("Host that is called, for ExternalName.") Optional<String> externalName) {}

    @Doc("A port.")
    public record Port(
            @Doc("Name.") Optional<String> name,
            @Doc("Port.") @Range(min = 1, max = 65_535) int port,
            @Doc("Port of the pods, by number or name.") Optional<JsonNode> targetPort,
            @Doc("Port of the nodes.") Optional<Integer> nodePort,

            @Doc(value = "TCP, UDP or SCTP.", byDefault = "TCP")
            String protocol,

            @Doc("What is spoken: kubernetes.io/h2c is HTTP/2 in plain text.")
            Optional<String> appProtocol) {}

    /// Whether what listens behind a port speaks HTTP/2 in plain text (GEP-1911).
    public boolean speaksH2c(int port) {
        return spec.ports().stream()
                .anyMatch(candidate -> candidate.port() == port
                        && candidate
                                .appProtocol()
                                .filter("kubernetes.io/h2c"::equals)
                                .isPresent());
    }

    /// The DNS name that a cluster gives the service, or the one it stands for.
    public String host() {
        return spec.externalName().orElse(metadata.name() + "." + metadata.namespace() + ".svc");
    }
}
