package dev.agw.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.PassesOver;
import dev.agw.schema.Quantity;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a gateway is deployed and run: the same fields for both kinds of parameters, flat as one of them has them or
/// below `kube` as the other.
@Doc("How a gateway is deployed and run.")
public record Parameters(
        @Doc("How the gateway ends.") Optional<Shutdown> shutdown,
        @Doc("Raw configuration of the gateway.") Optional<RawConfig> rawConfig,
        @Doc("Logging.") Optional<Logging> logging,

        @Doc("Environment variables of the container. For what deploys gateways, not for a running one.")
        List<JsonNode> env,

        @Doc("Image of the container. For what deploys gateways, not for a running one.")
        Optional<Image> image,

        @Doc("CPU and memory of the container. For what deploys gateways, not for a running one.")
        Optional<Resources> resources,

        @Doc("Laid over the Deployment. For what deploys gateways, not for a running one.")
        Optional<JsonNode> deployment,

        @Doc("Laid over the Service. For what deploys gateways, not for a running one.")
        Optional<JsonNode> service,

        @Doc("Laid over the ServiceAccount. For what deploys gateways, not for a running one.")
        Optional<JsonNode> serviceAccount,

        @Doc("A HorizontalPodAutoscaler. For what deploys gateways, not for a running one.")
        Optional<JsonNode> horizontalPodAutoscaler,

        @Doc("A PodDisruptionBudget. For what deploys gateways, not for a running one.")
        Optional<JsonNode> podDisruptionBudget,

        @Doc("What is deployed. For what deploys gateways, not for a running one.")
        Optional<Kube> kube) {

    @Doc("How the gateway ends when it is told to.")
    public record Shutdown(
            @Doc(
                    value = "Time that connections are still accepted, while clients are told to go.",
                    unit = "seconds",
                    byDefault = "10s")
            Duration min,

            @Doc(value = "Time after which what still runs is cut.", unit = "seconds", byDefault = "60s")
            Duration max) {
        public Shutdown {
            if (min.compareTo(max) > 0) {
                throw new InvalidValueException("expected a min that is at most max");
            }
        }
    }

    @Doc("Raw configuration. Fields that agw does not know are passed over.")
    @PassesOver("*")
    public record RawConfig(@Doc("Settings of the process.") Optional<Config> config) {}

    @Doc("Settings of the process. Fields that agw does not know are passed over.")
    @PassesOver("*")
    public record Config(@Doc("Resolution of names.") Optional<Dns> dns) {}

    @Doc("Resolution of names.")
    public record Dns(
            @Doc("Time a resolved name is kept.") Optional<Duration> refreshRate,

            @Doc("Whether a name is kept for as long as its name server says, 1 s at least, instead. Default: false.")
            Optional<Boolean> respectDnsTtl,

            @Doc("Most names that are kept; what was used least lately goes.") @Range(min = 1)
            Optional<Integer> cacheMaxSize) {}

    @Doc("Logging. For what deploys gateways, not for a running one: it has log.level in agw.yaml.")
    public record Logging(
            @Doc("Level: error, warn, info, debug or trace.")
            Optional<String> level,

            @Doc("Format: json or text.") Optional<String> format) {}

    @Doc("An image.")
    public record Image(
            @Doc("Registry.") Optional<String> registry,
            @Doc("Repository.") Optional<String> repository,
            @Doc("Tag.") Optional<String> tag,
            @Doc("Digest.") Optional<String> digest,

            @Doc("When it is pulled: Always, IfNotPresent or Never.")
            Optional<String> pullPolicy) {}

    @Doc("CPU and memory.")
    public record Resources(
            @Doc("What the container is sure to get, for example `cpu: 500m`.")
            Map<String, Quantity> requests,

            @Doc("What it gets at most.") Map<String, Quantity> limits) {}

    @Doc("What is deployed.")
    public record Kube(
            @Doc("The Deployment.") Optional<Deployment> deployment,
            @Doc("Template of the pods.") Optional<JsonNode> podTemplate,
            @Doc("The Service.") Optional<JsonNode> service,
            @Doc("The ServiceAccount.") Optional<JsonNode> serviceAccount) {}

    @Doc("The Deployment.")
    public record Deployment(
            @Doc("Pods.") Optional<Integer> replicas,
            @Doc("The container.") Optional<Container> container,
            @Doc("How pods are replaced.") Optional<JsonNode> strategy) {}

    @Doc("The container.")
    public record Container(
            @Doc("CPU and memory.") Optional<Resources> resources,
            @Doc("Image.") Optional<Image> image,
            @Doc("Environment variables.") List<JsonNode> env,
            @Doc("Rights.") Optional<JsonNode> securityContext) {}
}
