package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.cluster.Api.Reply;
import dev.agw.cli.cluster.ObjectKind.Where;
import dev.agw.cli.upgrade.AtOnce;
import dev.agw.cli.upgrade.Part;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// A cluster that can be asked. It is only ever asked to tell, never to change anything.
public final class Cluster implements AutoCloseable {
    private static final List<String> DISCOVERED = List.of("custom.metrics.k8s.io", "external.metrics.k8s.io");
    private static final int OK = 200;

    private final Api api;
    private final Listing listing;
    private Instant asked = Instant.EPOCH;
    private Reply version = new Reply.Silence("it was not asked");

    Cluster(Api api) {
        this.api = api;
        this.listing = new Listing(api);
    }

    /// The namespace of the context.
    public String namespace() {
        return api.namespace();
    }

    /// What checks look at, by the plural of the resource; and `version`, `apis` and the names of two APIs of metrics.
    public SortedMap<String, Part<JsonNode>> objects(Scope scope) throws InterruptedException {
        SortedMap<String, Part<JsonNode>> objects = new TreeMap<>();
        asked = Instant.now();
        version = api.get("/version");
        objects.put("version", Listing.tree(version, "/version"));
        if (version instanceof Reply.Silence) {
            return silent(objects);
        }
        objects.put("apis", Listing.tree(api.get("/apis"), "/apis"));
        for (String group : DISCOVERED) {
            objects.put(group, discovered(objects, group));
        }
        lists(scope, objects);
        return objects;
    }

    private static SortedMap<String, Part<JsonNode>> silent(SortedMap<String, Part<JsonNode>> objects) {
        Part<JsonNode> silence = new Part.Unreadable<>("the API did not answer: see AGW1001", "");
        DISCOVERED.forEach(group -> objects.put(group, silence));
        List.of("apis", "deployments", "pods").forEach(what -> objects.put(what, silence));
        ObjectKind.OTHERS.forEach(kind -> objects.put(kind.plural(), silence));
        return objects;
    }

    private void lists(Scope scope, SortedMap<String, Part<JsonNode>> objects) throws InterruptedException {
        Selection deployment = scope.deployment()
                .map(Selection::named)
                .orElseGet(() -> scope.selector().map(Selection::labels).orElse(Selection.ALL));
        Part<JsonNode> deployments = listing.list(ObjectKind.DEPLOYMENTS, scope.namespaces(Where.NAMED), deployment);
        objects.put("deployments", deployments);
        objects.put("pods", list(ObjectKind.PODS, scope, deployments));
        for (ObjectKind kind : ObjectKind.OTHERS) {
            objects.put(kind.plural(), list(kind, scope, deployments));
        }
    }

    private Part<JsonNode> list(ObjectKind kind, Scope scope, Part<JsonNode> deployments) throws InterruptedException {
        List<String> namespaces = scope.namespaces(kind.where());
        if (kind.where() != Where.OF_THE_DEPLOYMENT) {
            return listing.list(kind, namespaces, Selection.ALL);
        }
        return deployments instanceof Part.Read<JsonNode>(JsonNode list)
                        && list.path("items").size() == 1
                ? listing.list(
                        kind, namespaces, Selection.of(list.path("items").get(0).at("/spec/selector")))
                : new Part.Unreadable<>("there is no single deployment: see AGW1101", "");
    }

    /// The metrics that an adapter serves for autoscalers.
    private Part<JsonNode> discovered(Map<String, Part<JsonNode>> objects, String group) throws InterruptedException {
        if (objects.get("apis") instanceof Part.Read<JsonNode>(JsonNode apis)) {
            for (JsonNode served : apis.path("groups")) {
                if (served.path("name").asText().equals(group)) {
                    String version = served.at("/preferredVersion/groupVersion").asText();
                    return Listing.tree(api.get("/apis/" + version), group);
                }
            }
            return new Part.NotAsked<>("the cluster does not serve " + group);
        }
        return new Part.Unreadable<>("the APIs of the cluster could not be read", "");
    }

    /// Who was asked when, and what was denied so far: the object `access` beside the others.
    public Part<JsonNode> access() {
        if (version instanceof Reply.Silence) {
            return new Part.Unreadable<>("the API did not answer: see AGW1001", "");
        }
        ObjectNode access = JsonNodeFactory.instance
                .objectNode()
                .put("server", api.base())
                .put("asked", asked.toString())
                .put("date", version instanceof Reply.Answer answer ? answer.date() : "");
        ArrayNode denied = access.putArray("denied");
        listing.denied().forEach(rule -> denied.add(rule.toString()));
        return new Part.Read<>(access);
    }

    /// The page of metrics of every pod that runs, asked for through the API: the credentials for the cluster suffice.
    public SortedMap<String, Part<String>> pages(Part<JsonNode> pods) throws InterruptedException {
        Map<String, Callable<Part<String>>> questions = new HashMap<>();
        Set<String> leaving = new HashSet<>();
        if (pods instanceof Part.Read<JsonNode>(JsonNode list)) {
            for (JsonNode item : list.path("items")) {
                ClusterPod pod = new ClusterPod(item);
                if (pod.runs()) {
                    questions.put(pod.name(), () -> page(pod));
                }
                if (pod.leaving()) {
                    leaving.add(pod.name());
                }
            }
        }
        return known(AtOnce.asked(questions), leaving);
    }

    /// A pod that is leaving may be gone before it answers, which is as it should be.
    private static SortedMap<String, Part<String>> known(SortedMap<String, Part<String>> pages, Set<String> leaving) {
        pages.entrySet()
                .removeIf(page -> leaving.contains(page.getKey()) && !(page.getValue() instanceof Part.Read<String>));
        return pages;
    }

    private Part<String> page(ClusterPod pod) throws InterruptedException {
        return switch (api.get(pod.metrics())) {
            case Reply.Answer(int status, String body, String date) when status == OK -> new Part.Read<>(body);
            case Reply.Answer(int status, String body, String date)
            when status == 403 -> listing.denied(new RoleRule("", "pods/proxy", "get", pod.namespace()));
            case Reply.Answer(int status, String body, String date) ->
                new Part.Unreadable<>("the API answered with " + status + " for its metrics", "kubectl describe pod");
            case Reply.Silence(String why) -> new Part.Unreadable<>("the API did not answer: " + why, "");
        };
    }

    @Override
    public void close() {
        api.close();
    }
}
