package dev.agw.cli.upgrade;

import static dev.agw.cli.upgrade.ClusterFixtures.forbidden;
import static dev.agw.cli.upgrade.ClusterFixtures.row;
import static dev.agw.cli.upgrade.ClusterFixtures.seen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What the API of a cluster says of itself.
final class AccessFixtures {
    private static final String DATE = "Thu, 01 Jan 1970 02:46:40 GMT";

    private AccessFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(versions(), accesses(), served(), deprecated()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> versions() {
        return Stream.of(
                row("AGW1001", Status.PASS, version("31")),
                row("AGW1001", Status.FAIL, forbidden("version")),
                row("AGW1002", Status.PASS, version("27+")),
                row("AGW1002", Status.WARN, version("99")),
                row("AGW1002", Status.WARN, version("24")),
                row("AGW1002", Status.FAIL, version("22")),
                row("AGW1002", Status.UNKNOWN, version("")),
                row("AGW1002", Status.UNKNOWN, forbidden("version")));
    }

    private static Stream<Arguments> accesses() {
        return Stream.of(
                row("AGW1003", Status.PASS, access("1970-01-01T02:46:41Z", DATE, "")),
                row("AGW1003", Status.UNKNOWN, access("1970-01-01T02:46:41Z", DATE, "\"add to a Role\"")),
                row("AGW1003", Status.UNKNOWN, unreadable("the API does not know who asks (401)")),
                row("AGW1003", Status.PASS, unreadable("there is no single deployment: see AGW1101")),
                row("AGW1003", Status.UNKNOWN, forbidden("access")),
                row("AGW1004", Status.PASS, access("1970-01-01T02:46:41Z", DATE, "")),
                row("AGW1004", Status.WARN, access("1970-01-01T02:47:41Z", DATE, "")),
                row("AGW1004", Status.WARN, access("1970-01-01T02:45:41Z", DATE, "")),
                row("AGW1004", Status.UNKNOWN, access("1970-01-01T02:46:41Z", "", "")));
    }

    private static Stream<Arguments> served() {
        return Stream.of(
                row("AGW1005", Status.PASS, apis("policy/v1", "monitoring.coreos.com/v1")),
                row("AGW1005", Status.WARN, apis("policy/v1", "other/v1")),
                row("AGW1005", Status.FAIL, apis("policy/v1beta1", "monitoring.coreos.com/v1")),
                row("AGW1005", Status.UNKNOWN, forbidden("apis")));
    }

    private static Stream<Arguments> deprecated() {
        return Stream.of(
                row("AGW1006", Status.PASS, written("26", "autoscaling/v2")),
                row("AGW1006", Status.WARN, written("25", "autoscaling/v2beta2")),
                row("AGW1006", Status.FAIL, written("26", "autoscaling/v2beta2")),
                row("AGW1006", Status.UNKNOWN, forbidden("version")),
                row("AGW1006", Status.SKIP, ClusterFixtures.deployment("", "")));
    }

    private static Snapshot version(String minor) {
        return seen("version", "{\"gitVersion\": \"v1.x\", \"minor\": \"" + minor + "\"}");
    }

    private static Snapshot access(String asked, String date, String denied) {
        return seen(
                "access", "{\"asked\": \"" + asked + "\", \"date\": \"" + date + "\", \"denied\": [" + denied + "]}");
    }

    /// Nothing was denied, and yet the pods are not there.
    private static Snapshot unreadable(String why) {
        SortedMap<String, Part<JsonNode>> objects =
                new TreeMap<>(access("1970-01-01T02:46:41Z", DATE, "").kubernetes());
        objects.put("pods", new Part.Unreadable<>(why, "log in anew"));
        return Seen.NOTHING.withKubernetes(objects);
    }

    private static Snapshot apis(String policy, String monitoring) {
        StringBuilder versions = new StringBuilder();
        for (String version : new String[] {"apps/v1", "autoscaling/v2", policy}) {
            versions.append("{\"groupVersion\": \"").append(version).append("\"}, ");
        }
        return seen(
                "apis", "{\"groups\": [{\"versions\": [" + versions + "{\"groupVersion\": \"" + monitoring + "\"}]}]}");
    }

    private static Snapshot written(String minor, String version) {
        SortedMap<String, Part<JsonNode>> objects = new TreeMap<>(version(minor).kubernetes());
        objects.putAll(
                Map.of(
                        "horizontalpodautoscalers",
                        ClusterFixtures.read(
                                "{\"items\": [{\"metadata\": {\"name\": \"agw\", \"managedFields\": [{\"manager\": \"kubectl\","
                                        + " \"apiVersion\": \"" + version
                                        + "\"}]}, \"spec\": {\"scaleTargetRef\": {\"kind\": \"Deployment\", \"name\": \"agw\"}}}]}")));
        return Seen.NOTHING.withKubernetes(objects);
    }
}
