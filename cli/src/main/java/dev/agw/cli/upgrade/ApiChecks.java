package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Whether the cluster serves the versions of APIs that manifests are written in.
final class ApiChecks {
    /// What every rendered set has.
    private static final List<String> NEEDED = List.of("apps/v1", "autoscaling/v2", "policy/v1");

    /// What rules and monitors are rendered in.
    private static final String MONITORING = "monitoring.coreos.com/v1";

    /// Since which minor release a version is deprecated, and since which it is gone.
    ///
    /// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
    private record Life(int deprecated, int removed) {}

    private static final Map<String, Life> LIVES = Map.of(
            "extensions/v1beta1", new Life(9, 16),
            "apps/v1beta1", new Life(9, 16),
            "apps/v1beta2", new Life(9, 16),
            "networking.k8s.io/v1beta1", new Life(19, 22),
            "policy/v1beta1", new Life(21, 25),
            "autoscaling/v2beta1", new Life(22, 25),
            "autoscaling/v2beta2", new Life(23, 26));

    private ApiChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.CLUSTER,
                        new About(
                                "AGW1005 crds-served",
                                Status.FAIL,
                                "Looks among the APIs that the cluster serves for those that manifests are rendered in."
                                        + " Helm does not upgrade what lies in crds/.",
                                "install the definitions first (CRDs of the Prometheus operator), or leave what needs"
                                        + " them out"),
                        Logic.on(snapshot -> snapshot.objects("apis"), (apis, aim) -> served(versions(apis)))),
                new Check(
                        Category.CLUSTER,
                        new About(
                                "AGW1006 deprecated-apis",
                                Status.FAIL,
                                "Looks who wrote the deployment, its budgets and autoscalers in a version that the"
                                        + " cluster gives up or has given up (managedFields): their next change is"
                                        + " refused.",
                                "render the manifests anew and apply those"),
                        Fleet.one((fleet, snapshot, aim) -> deprecated(fleet, snapshot))));
    }

    private static Set<String> versions(JsonNode apis) {
        Set<String> versions = new HashSet<>();
        apis.path("groups")
                .forEach(group -> group.path("versions")
                        .forEach(version ->
                                versions.add(version.path("groupVersion").asText())));
        return versions;
    }

    private static Finding served(Set<String> versions) {
        List<String> missing =
                NEEDED.stream().filter(needed -> !versions.contains(needed)).toList();
        if (!missing.isEmpty()) {
            return Finding.fail("not served: " + String.join(", ", missing), String.join(", ", NEEDED));
        }
        return versions.contains(MONITORING)
                ? Finding.pass("all that manifests are rendered in is served")
                : Finding.warn("not served: " + MONITORING, "it, for PrometheusRule, PodMonitor and ServiceMonitor");
    }

    private static Finding deprecated(Fleet fleet, Snapshot snapshot) {
        if (!(snapshot.objects("version") instanceof Part.Read<JsonNode>(JsonNode version))) {
            return Finding.absent(snapshot.objects("version"));
        }
        List<JsonNode> objects = new ArrayList<>(List.of(fleet.deployment()));
        objects.addAll(fleet.mine(snapshot.items("poddisruptionbudgets")));
        objects.addAll(fleet.mine(snapshot.items("horizontalpodautoscalers")));
        int minor = AccessChecks.minor(version);
        Set<String> gone = new TreeSet<>();
        Set<String> going = new TreeSet<>();
        objects.forEach(object -> writers(object, minor, gone, going));
        if (!gone.isEmpty()) {
            return Finding.fail("written in versions that 1." + minor + " does not serve", "none")
                    .with(List.copyOf(gone));
        }
        return going.isEmpty()
                ? Finding.pass("written in versions that stay")
                : Finding.warn("written in versions that will be gone", "none").with(List.copyOf(going));
    }

    private static void writers(JsonNode object, int minor, Set<String> gone, Set<String> going) {
        for (JsonNode field : object.at("/metadata/managedFields")) {
            String version = field.path("apiVersion").asText();
            Life life = LIVES.getOrDefault(version, new Life(Integer.MAX_VALUE, Integer.MAX_VALUE));
            String line = object.at("/metadata/name").asText() + ": "
                    + field.path("manager").asText() + " wrote " + version;
            if (minor >= life.removed) {
                gone.add(line);
            } else if (minor >= life.deprecated) {
                going.add(line);
            }
        }
    }
}
