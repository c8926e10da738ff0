package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/// A pod, as the API tells of it.
record ClusterPod(JsonNode pod) {
    /// Where a gateway serves metrics if its container does not name a port `metrics`.
    private static final int METRICS = 15_020;

    String name() {
        return pod.at("/metadata/name").asText();
    }

    String namespace() {
        return pod.at("/metadata/namespace").asText();
    }

    /// Whether its processes were started and have not ended.
    boolean runs() {
        return pod.at("/status/phase").asText().equals("Running");
    }

    /// Whether it was told to end.
    boolean leaving() {
        return pod.at("/metadata/deletionTimestamp").isTextual();
    }

    /// The path of its page of metrics at the API.
    String metrics() {
        return "/api/v1/namespaces/" + namespace() + "/pods/" + name() + ":" + port() + "/proxy/metrics";
    }

    private int port() {
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("name").asText().equals("metrics")) {
                    return port.path("containerPort").asInt();
                }
            }
        }
        return METRICS;
    }
}
