package dev.agw.cli.operations;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.schema.Quantity;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The deployment of the gateways. That its parts fit each other is for the renderer of manifests to hold.
@Doc("The deployment of the gateways.")
public record Deployment(
        @Doc(value = "Image, with its tag or digest.", byDefault = "agw:latest")
        String image,

        @Doc(value = "How many gateways run, where no autoscaler says so.", byDefault = "2") @Range(min = 0, max = 1000)
        int replicas,

        @Doc("What a gateway asks for and may use.") Resources resources,
        @Doc("How many gateways run by load.") Autoscaling autoscaling,
        @Doc("How many may be away at a time.") Disruption disruption,
        @Doc("How a gateway ends.") Shutdown shutdown,
        @Doc("Where gateways are placed.") Placement placement,
        @Doc("What clients connect to.") Service service) {

    @Doc("What a gateway asks for and may use.")
    public record Resources(
            @Doc(value = "CPU that is reserved.", byDefault = "500m")
            Quantity cpu,

            @Doc(value = "Memory that is reserved, and the most it may use.", byDefault = "512Mi")
            Quantity memory,

            @Doc("The most CPU; none is better for bursts.") Optional<Quantity> cpuLimit) {}

    @Doc("How many gateways run by load.")
    public record Autoscaling(
            @Doc(value = "Whether there is an autoscaler.", byDefault = "true")
            boolean enabled,

            @Doc(value = "Fewest gateways.", byDefault = "2") @Range(min = 1, max = 1000)
            int minReplicas,

            @Doc(value = "Most gateways.", byDefault = "10") @Range(min = 1, max = 1000)
            int maxReplicas,

            @Doc(value = "Use of the reserved CPU to aim at, in percent.", byDefault = "65") @Range(min = 1, max = 100)
            int cpuPercent,

            @Doc("Open connections per gateway to aim at; needs an adapter for custom metrics.")
            Optional<Integer> connections,

            @Doc("How fast gateways are added.") Growth up,
            @Doc("How fast gateways are taken away.") Shrinkage down) {}

    @Doc("How fast gateways are added.")
    public record Growth(
            @Doc(value = "How long to look back before a change.", byDefault = "60s")
            Duration stabilization,

            @Doc(value = "How many gateways at a time.", byDefault = "2") @Range(min = 1, max = 1000)
            int pods,

            @Doc(value = "The time that holds for.", byDefault = "60s")
            Duration period) {}

    @Doc("How fast gateways are taken away.")
    public record Shrinkage(
            @Doc(value = "How long to look back before a change.", byDefault = "300s")
            Duration stabilization,

            @Doc(value = "How many gateways at a time.", byDefault = "1") @Range(min = 1, max = 1000)
            int pods,

            @Doc(value = "The time that holds for.", byDefault = "120s")
            Duration period) {}

    @Doc("How many gateways may be away at a time; neither: by the number of replicas.")
    public record Disruption(
            @Doc("Fewest gateways that must stay, or a percentage.")
            Optional<String> minAvailable,

            @Doc("Most gateways that may be away, or a percentage.")
            Optional<String> maxUnavailable) {}

    @Doc("How a gateway ends.")
    public record Shutdown(
            @Doc(
                    value = "Time that connections are still accepted, while clients are told to go.",
                    unit = "seconds",
                    byDefault = "15s")
            Duration min,

            @Doc(value = "Time after which what still runs is cut.", unit = "seconds", byDefault = "110s")
            Duration max,

            @Doc(value = "Wait before the gateway is told to end.", unit = "seconds", byDefault = "5s")
            Duration preStop,

            @Doc(value = "Time until Kubernetes kills it: above preStop and max.", unit = "seconds", byDefault = "125s")
            Duration gracePeriod) {}

    @Doc("Where gateways are placed.")
    public record Placement(
            @Doc(value = "How many zones the nodes are in.", byDefault = "3") @Range(min = 1, max = 100)
            int zones,

            @Doc(value = "Whether gateways wait for a place that keeps them spread.", byDefault = "false")
            boolean strict) {}

    @Doc("What clients connect to.")
    public record Service(
            @Doc(value = "Type of the Service.", byDefault = "LoadBalancer")
            @Allowed({"ClusterIP", "NodePort", "LoadBalancer"})
            String type,

            @Doc("Its ports; none: 80 to 8080.") List<Port> ports) {}

    @Doc("A port of the Service.")
    public record Port(
            @Doc("Its name.") String name,

            @Doc("What clients connect to.") @Range(min = 1, max = 65_535)
            int port,

            @Doc("What the gateway listens on.") @Range(min = 1, max = 65_535)
            int targetPort) {}
}
