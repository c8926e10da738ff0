package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.resource.Gateway;
import dev.agw.settings.Address;
import dev.agw.settings.AgwSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether what the Service leads to is listened on, and what operators need can be reached.
record PortChecks(Plan plan, Findings findings) {
    private static final String FIELD = "deployment.service.ports";
    private static final Set<String> TAKEN = Set.of("metrics", "readiness");
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?";

    void find() {
        List<Deployment.Port> ports = plan.deployment().service().served();
        service(ports);
        AgwSettings settings = plan.ports();
        reachable("metrics", settings.metrics().address());
        reachable("readiness", settings.readiness().address());
        listeners(ports);
    }

    private void service(List<Deployment.Port> ports) {
        Set<Object> seen = new HashSet<>();
        for (Deployment.Port port : ports) {
            if (!seen.add(port.name()) || !seen.add(port.port())) {
                findings.error(FIELD, "port " + port.name() + " (" + port.port() + ") is there twice", "");
            }
            if (!port.name().matches(NAME) || TAKEN.contains(port.name())) {
                findings.error(FIELD, "\"" + port.name() + "\" cannot be the name of a port here", "http, for example");
            }
            if (operators().contains(port.targetPort())) {
                findings.error(FIELD, "clients would reach port " + port.targetPort() + ", which is operators'", "");
            }
        }
    }

    private Set<Integer> operators() {
        AgwSettings settings = plan.ports();
        return Set.copyOf(List.of(
                settings.metrics().address().port(),
                settings.readiness().address().port(),
                settings.admin().address().port()));
    }

    private void reachable(String name, Address address) {
        if (address.port() == 0
                || address.host().startsWith("127.")
                || address.host().equals("localhost")) {
            findings.error(
                    "deployment",
                    "agw.yaml has " + name + ".address at " + address + ", where Kubernetes cannot reach it",
                    "take a port of all interfaces, such as 0.0.0.0:15020");
        }
    }

    private void listeners(List<Deployment.Port> ports) {
        Set<Integer> open = plan.config().resources().gateways().stream()
                .flatMap(gateway -> gateway.spec().listeners().stream())
                .map(Gateway.Listener::port)
                .collect(Collectors.toCollection(TreeSet::new));
        ports.stream()
                .filter(port -> !open.contains(port.targetPort()))
                .forEach(port -> findings.error(
                        FIELD,
                        "nothing listens on port " + port.targetPort() + "; the Gateways listen on " + open,
                        "name one of those as targetPort"));
    }
}
