package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.http.Network;
import dev.agw.resource.Backend;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether the NetworkPolicy lets gateways go where their configuration sends them.
record NetworkChecks(Plan plan, Findings findings) {
    private static final String FIELD = "deployment.network.egress";
    private static final String CIDR = "[0-9a-fA-F.:]+/\\d{1,3}";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// What is called.
    ///
    /// @param who for people
    private record Called(String who, String host, int port) {
        /// Within the pod nothing is kept out.
        boolean outside() {
            return !host.startsWith("127.") && !host.equals("localhost") && !host.equals("[::1]");
        }
    }

    void find() {
        Deployment.Network network = plan.deployment().network();
        network.egress().stream()
                .map(Deployment.Egress::cidr)
                .filter(cidr -> !valid(cidr))
                .forEach(cidr ->
                        findings.error(FIELD, "expected addresses such as 10.0.0.0/8, found \"" + cidr + "\"", ""));
        if (network.policy()) {
            closed(network);
        }
    }

    private static boolean valid(String cidr) {
        try {
            return cidr.matches(CIDR) && !Network.parse(cidr).toString().isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private void closed(Deployment.Network network) {
        TreeSet<Integer> open =
                network.egress().stream().map(Deployment.Egress::port).collect(Collectors.toCollection(TreeSet::new));
        open.add(HTTPS);
        Stream.concat(backends(), collector().stream())
                .filter(Called::outside)
                .filter(called -> !open.contains(called.port()))
                .distinct()
                .forEach(called -> findings.error(
                        FIELD,
                        "%s is at %s:%d, and the NetworkPolicy lets gateways out to the ports %s alone"
                                .formatted(called.who(), called.host(), called.port(), open),
                        "add {port: " + called.port() + "}, with its cidr if you know it"));
    }

    private Stream<Called> backends() {
        return plan.config().resources().all(Backend.class).stream()
                .flatMap(backend -> Stream.concat(models(backend), hosts(backend)));
    }

    private static Stream<Called> models(Backend backend) {
        return backend.spec().ai().stream()
                .flatMap(ai -> ai.groups().stream())
                .flatMap(group -> group.stream())
                .flatMap(provider -> provider.openai().stream())
                .map(model -> new Called(backend.key().toString(), model.hostToCall(), model.portToCall()));
    }

    private static Stream<Called> hosts(Backend backend) {
        return backend.spec().staticHosts().stream()
                .flatMap(hosts -> hosts.hosts().stream())
                .map(host -> new Called(backend.key().toString(), host.host(), host.port()));
    }

    private Optional<Called> collector() {
        return plan.ports().telemetry().otlp().endpoint().flatMap(NetworkChecks::collector);
    }

    /// Empty for what is no URL with a host, which is not for a policy to judge.
    private static Optional<Called> collector(String endpoint) {
        try {
            URI url = new URI(endpoint);
            int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
            int port = url.getPort() < 0 ? usual : url.getPort();
            return Optional.ofNullable(url.getHost()).map(host -> new Called("telemetry.otlp.endpoint", host, port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
