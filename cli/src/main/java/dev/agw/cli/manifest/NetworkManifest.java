package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The NetworkPolicy.
record NetworkManifest(Plan plan) {
    private static final int NAME_SERVERS = 53;
    private static final int HTTPS = 443;
    private static final String ANYWHERE = "0.0.0.0/0";

    Optional<Manifest> manifest() {
        if (!plan.deployment().network().policy()) {
            return Optional.empty();
        }
        return Optional.of(new Manifest(
                "network-policy",
                comment(),
                plan.object("networking.k8s.io/v1", "NetworkPolicy", plan.name())
                        .put(
                                "spec",
                                Tree.of("podSelector", Tree.of("matchLabels", plan.selector()))
                                        .put("policyTypes", List.of("Ingress", "Egress"))
                                        .put("ingress", ingress())
                                        .put("egress", egress()))));
    }

    private String comment() {
        String comment =
                "Probes come from the node, which a policy never keeps out; the admin port is loopback's alone.";
        Deployment.UpgradeCheck check = plan.deployment().upgradeCheck();
        return check.enabled() && check.podsProxy()
                ? comment + " agw check-upgrade reads the port of metrics through the API server, which has no label to"
                        + " let it in by: where it is kept out, allow its addresses in a policy of your own."
                : comment;
    }

    private List<Tree> ingress() {
        List<Tree> clients = plan.deployment().service().served().stream()
                .map(Deployment.Port::targetPort)
                .distinct()
                .map(port -> port(port, "TCP"))
                .toList();
        Tree prometheus = Tree.of(
                "namespaceSelector",
                Tree.of(
                        "matchLabels",
                        Tree.of("kubernetes.io/metadata.name", plan.monitoring().namespace())));
        Tree metrics = Tree.of("from", List.of(prometheus))
                .put("ports", List.of(port(plan.ports().metrics().address().port(), "TCP")));
        return List.of(Tree.of("ports", clients), metrics);
    }

    private List<Tree> egress() {
        List<Tree> rules = new ArrayList<>();
        rules.add(Tree.of("ports", List.of(port(NAME_SERVERS, "UDP"), port(NAME_SERVERS, "TCP"))));
        rules.add(Tree.of("ports", List.of(port(HTTPS, "TCP"))));
        plan.deployment().network().egress().forEach(egress -> rules.add(rule(egress)));
        return rules;
    }

    private static Tree rule(Deployment.Egress egress) {
        Tree rule = new Tree();
        // Without a block, IPv6 is meant, too.
        if (!egress.cidr().equals(ANYWHERE)) {
            rule.put("to", List.of(Tree.of("ipBlock", Tree.of("cidr", egress.cidr()))));
        }
        return rule.put("ports", List.of(port(egress.port(), "TCP")));
    }

    private static Tree port(int number, String protocol) {
        return Tree.of("port", number).put("protocol", protocol);
    }
}
