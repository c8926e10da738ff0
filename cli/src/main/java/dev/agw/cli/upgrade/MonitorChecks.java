package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether monitors find the pods, and Prometheus the monitors.
final class MonitorChecks {
    private static final String NONE = "the cluster has no PodMonitor or ServiceMonitor";

    private MonitorChecks() {}

    static List<Check> all() {
        return List.of(new Check(
                Category.CONFIGURATION,
                new About(
                        "AGW1604 monitors-select",
                        Status.FAIL,
                        "Looks which PodMonitors select the pods, and which ServiceMonitors their Service, whether the"
                                + " pods have the ports they name, and whether a Prometheus picks the monitors.",
                        "the labels of the pods in the selector, the name of the port, and the label that Prometheus"
                                + " selects monitors by"),
                Fleet.one((fleet, snapshot, aim) -> snapshot.objects("podmonitors") instanceof Part.Read<JsonNode>
                        ? judged(fleet, snapshot)
                        : Finding.absent(snapshot.objects("podmonitors")))));
    }

    private static Finding judged(Fleet fleet, Snapshot snapshot) {
        List<JsonNode> all = Stream.concat(
                        snapshot.items("podmonitors").stream(), snapshot.items("servicemonitors").stream())
                .toList();
        List<JsonNode> ours = all.stream()
                .filter(monitor -> selects(monitor, fleet, snapshot))
                .toList();
        if (ours.isEmpty()) {
            return all.isEmpty()
                    ? Finding.skip(NONE)
                    : Finding.fail("none of " + all.size() + " monitors selects the pods", "one");
        }
        List<String> ports = missingPorts(ours, fleet, snapshot);
        if (!ports.isEmpty()) {
            return Finding.fail("monitors name ports that are not there", "ports of the pods")
                    .with(ports);
        }
        List<String> unseen = unseen(ours, snapshot.items("prometheuses"));
        return unseen.isEmpty()
                ? Finding.pass(ours.size() + " monitors select the pods")
                : Finding.warn("no Prometheus picks some monitors", "all").with(unseen);
    }

    private static boolean pod(JsonNode monitor) {
        return monitor.path("spec").has("podMetricsEndpoints");
    }

    private static boolean selects(JsonNode monitor, Fleet fleet, Snapshot snapshot) {
        JsonNode selector = monitor.at("/spec/selector");
        if (!reaches(monitor, fleet)) {
            return false;
        }
        return pod(monitor)
                ? Fleet.selected(selector, fleet.labels())
                : services(fleet, snapshot).stream()
                        .anyMatch(service -> Fleet.selected(selector, service.at("/metadata/labels")));
    }

    /// Whether the namespace of the pods is one that the monitor looks at.
    private static boolean reaches(JsonNode monitor, Fleet fleet) {
        JsonNode namespaces = monitor.at("/spec/namespaceSelector");
        if (namespaces.path("any").asBoolean()) {
            return true;
        }
        String namespace = fleet.namespace();
        for (JsonNode name : namespaces.path("matchNames")) {
            if (name.asText().equals(namespace)) {
                return true;
            }
        }
        return namespaces.path("matchNames").isEmpty()
                && monitor.at("/metadata/namespace").asText().equals(namespace);
    }

    private static List<JsonNode> services(Fleet fleet, Snapshot snapshot) {
        return snapshot.items("services").stream()
                .filter(service -> service.at("/spec/selector").isObject()
                        && service.at("/spec/selector").properties().stream()
                                .allMatch(label ->
                                        label.getValue().equals(fleet.labels().path(label.getKey()))))
                .toList();
    }

    private static List<String> missingPorts(List<JsonNode> monitors, Fleet fleet, Snapshot snapshot) {
        List<String> there = new ArrayList<>();
        fleet.spec()
                .path("containers")
                .forEach(container -> container
                        .path("ports")
                        .forEach(port -> there.add(port.path("name").asText())));
        services(fleet, snapshot)
                .forEach(service -> service.at("/spec/ports")
                        .forEach(port -> there.add(port.path("name").asText())));
        List<String> missing = new ArrayList<>();
        for (JsonNode monitor : monitors) {
            JsonNode endpoints = monitor.path("spec").path(pod(monitor) ? "podMetricsEndpoints" : "endpoints");
            for (JsonNode endpoint : endpoints) {
                String port = endpoint.path("port").asText();
                if (!port.isEmpty() && !there.contains(port)) {
                    missing.add(monitor.at("/metadata/name").asText() + ": " + port);
                }
            }
        }
        return missing;
    }

    private static List<String> unseen(List<JsonNode> monitors, List<JsonNode> prometheuses) {
        return monitors.stream()
                .filter(monitor -> !prometheuses.isEmpty()
                        && prometheuses.stream().noneMatch(prometheus -> picks(prometheus, monitor)))
                .map(monitor -> monitor.at("/metadata/name").asText())
                .toList();
    }

    /// A selector that is not there picks nothing, an empty one picks all.
    private static boolean picks(JsonNode prometheus, JsonNode monitor) {
        JsonNode selector =
                prometheus.path("spec").path(pod(monitor) ? "podMonitorSelector" : "serviceMonitorSelector");
        return selector.isObject() && Fleet.selected(selector, monitor.at("/metadata/labels"));
    }
}
