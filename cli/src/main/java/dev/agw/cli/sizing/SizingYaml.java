package dev.agw.cli.sizing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agw.cli.operations.Naming;
import dev.agw.cli.operations.Operations;
import dev.agw.telemetry.MetricCatalogue;
import java.math.BigDecimal;

/// A sizing as YAML: what `--values` reads, and what a cluster reads.
///
/// @param operations what is kept of the file of values, or its defaults
record SizingYaml(Sizing sizing, Operations operations) {
    /// A fragment of the file of values.
    String fragment() {
        Inputs inputs = sizing.inputs();
        long drain = (long) Math.ceil(inputs.get(Input.DRAIN));
        return """
                deployment:
                  resources:
                    cpu: %s
                    memory: %dMi
                  autoscaling:
                    enabled: true
                    minReplicas: %d
                    maxReplicas: %d
                    cpuPercent: %d
                %s  shutdown:
                    min: %ds
                    max: %ds
                    preStop: %ds
                    gracePeriod: %ds
                """.formatted(
                        exactly(inputs.get(Input.CPU_REQUEST)),
                        (long) inputs.get(Input.MEMORY_LIMIT) >> 20,
                        sizing.min(),
                        sizing.max(),
                        percent(),
                        connections(),
                        Math.min(operations.deployment().shutdown().min().toSeconds(), drain),
                        drain,
                        (long) Math.ceil(inputs.get(Input.PRE_STOP)),
                        sizing.grace());
    }

    /// As many digits as were given: a thousandth of a CPU counts.
    private static String exactly(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private long percent() {
        return Math.round(sizing.target() * 100);
    }

    private String connections() {
        return sizing.scaling()
                .connections()
                .map(number -> "    connections: %d\n    adapter: %s\n".formatted(number, adapter()))
                .orElse("");
    }

    /// Quoted: it may be any text.
    private String adapter() {
        return JsonNodeFactory.instance.textNode(sizing.scaling().adapter()).toString();
    }

    /// The autoscaler that the fragment stands for.
    String autoscaler() {
        Naming naming = operations.naming();
        return """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  scaleTargetRef:
                    apiVersion: apps/v1
                    kind: Deployment
                    name: %s
                  minReplicas: %d
                  maxReplicas: %d
                  metrics:
                    - type: Resource
                      resource:
                        name: cpu
                        target:
                          type: Utilization
                          averageUtilization: %d
                %s""".formatted(
                        naming.name(),
                        naming.namespace(),
                        naming.name(),
                        sizing.min(),
                        sizing.max(),
                        percent(),
                        sizing.scaling().connections().map(SizingYaml::metric).orElse(""));
    }

    private static String metric(int connections) {
        return """
                    - type: Pods
                      pods:
                        metric:
                          name: %s
                        target:
                          type: AverageValue
                          averageValue: "%d"
                """.formatted(MetricCatalogue.ACTIVE_CONNECTIONS.name(), connections);
    }
}
