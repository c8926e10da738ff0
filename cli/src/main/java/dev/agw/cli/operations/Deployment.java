package dev.agw.cli.operations;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.schema.Quantity;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The deployment of the gateways. That its parts fit each other is for the renderer of manifests to hold.
@Doc("The deployment of the gateways.")
public record Deployment(
        @Doc(value = "Image, with its tag or digest.", byDefault = "agw:latest")
        String image,

        @Doc("Names of Secrets that images are pulled with.")
        List<String> pullSecrets,

        @Doc("Further labels that pods are selected by; Kubernetes refuses to change them later.")
        Map<String, String> selector,

        @Doc("How many gateways run, where no autoscaler says so. Default: 2.") @Range(min = 0, max = 1000)
        Optional<Integer> replicas,

        @Doc("What a gateway asks for and may use.") Resources resources,
        @Doc("How its JVM is run.") Jvm jvm,

        @Doc("Environment of the gateways, for keys of providers above all.")
        Environment environment,

        @Doc("How many gateways run by load.") Autoscaling autoscaling,
        @Doc("How many may be away at a time.") Disruption disruption,
        @Doc("How a gateway ends.") Shutdown shutdown,
        @Doc("Where gateways are placed.") Placement placement,
        @Doc("What clients connect to.") Service service,

        @Doc("Who may talk to the gateways, and whom they may talk to.")
        Network network,

        @Doc("What agw check-upgrade may read.") UpgradeCheck upgradeCheck) {
    private static final int FEW = 2;

    /// The fewest gateways that run while all is well.
    public int fewest() {
        return autoscaling.enabled() ? autoscaling.minReplicas() : replicas.orElse(FEW);
    }

    @Doc("What a gateway asks for and may use.")
    public record Resources(
            @Doc(value = "CPU that is reserved.", byDefault = "500m")
            Quantity cpu,

            @Doc(value = "Memory that is reserved, and the most it may use.", byDefault = "512Mi")
            Quantity memory,

            @Doc("The most CPU; none is better for bursts.") Optional<Quantity> cpuLimit) {}

    @Doc("How its JVM is run.")
    public record Jvm(
            @Doc(value = "Garbage collector; a JVM that chooses itself decides by the node.", byDefault = "Serial")
            @Allowed({"Serial", "Parallel", "G1", "Z"})
            String collector,

            @Doc("Processors it reckons with; none: the CPU limit or what is reserved, rounded up, and 2 at least.")
            @Range(min = 1, max = 256)
            Optional<Integer> processors,

            @Doc(value = "Share of the memory for the heap, in percent.", byDefault = "70") @Range(min = 10, max = 90)
            int memoryPercent,

            @Doc("Further options.") List<String> options) {}

    @Doc("Environment of the gateways, for keys of providers above all.")
    public record Environment(
            @Doc("Variables with their values. Keys belong in Secrets.")
            Map<String, String> variables,

            @Doc("Names of Secrets, each key of which becomes a variable.")
            List<String> secrets) {}

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

            @Doc("Open connections per gateway to aim at; needs an adapter for custom metrics.") @Range(min = 1)
            Optional<Integer> connections,

            @Doc(value = "What serves custom metrics in the cluster, such as prometheus-adapter.", byDefault = "none")
            String adapter,

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
            Optional<CountOrShare> minAvailable,

            @Doc("Most gateways that may be away, or a percentage.")
            Optional<CountOrShare> maxUnavailable) {}

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

            @Doc(
                    value = "How it waits: sleep, from Kubernetes 1.30 on, or exec, by a command of the image.",
                    byDefault = "sleep")
            @Allowed({"sleep", "exec"})
            String preStopBy,

            @Doc(value = "Time until Kubernetes kills it: above preStop and max.", unit = "seconds", byDefault = "125s")
            Duration gracePeriod) {}

    @Doc("Where gateways are placed.")
    public record Placement(
            @Doc(value = "How many zones the nodes are in.", byDefault = "3") @Range(min = 1, max = 100)
            int zones,

            @Doc(value = "Whether gateways wait for a place that keeps them spread.", byDefault = "false")
            boolean strict,

            @Doc(value = "Whether no two gateways share a node.", byDefault = "false")
            boolean onePerNode) {}

    @Doc("What clients connect to.")
    public record Service(
            @Doc(value = "Type of the Service.", byDefault = "LoadBalancer")
            @Allowed({"ClusterIP", "NodePort", "LoadBalancer"})
            String type,

            @Doc("Its annotations, which load balancers are configured by.")
            Map<String, String> annotations,

            @Doc("Its ports; none: 80 to 8080.") List<Port> ports) {
        private static final Port WEB = new Port("http", 80, 8080);

        /// Its ports, or the one that there is where none are named.
        public List<Port> served() {
            return ports.isEmpty() ? List.of(WEB) : ports;
        }
    }

    @Doc("A port of the Service.")
    public record Port(
            @Doc("Its name.") String name,

            @Doc("What clients connect to.") @Range(min = 1, max = 65_535)
            int port,

            @Doc("What the gateway listens on.") @Range(min = 1, max = 65_535)
            int targetPort) {}

    @Doc("Who may talk to the gateways, and whom they may talk to.")
    public record Network(
            @Doc(value = "Whether there is a NetworkPolicy.", byDefault = "true")
            boolean policy,

            @Doc("Where gateways may connect to, beside name servers and port 443 anywhere.")
            List<Egress> egress) {}

    @Doc("Where gateways may connect to.")
    public record Egress(
            @Doc(value = "Addresses.", byDefault = "0.0.0.0/0")
            String cidr,

            @Doc("Port.") @Range(min = 1, max = 65_535) int port) {}

    @Doc("What agw check-upgrade may read.")
    public record UpgradeCheck(
            @Doc(value = "Whether there are a ServiceAccount and Roles for it.", byDefault = "true")
            boolean enabled,

            @Doc(
                    value = "Whether it may read pages of any port of the pods, /metrics among them, through the API"
                            + " server.",
                    byDefault = "true")
            boolean podsProxy,

            @Doc(value = "Whether it may read the nodes, which takes a ClusterRole.", byDefault = "false")
            boolean nodes) {}
}
