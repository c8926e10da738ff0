package dev.agw.cli.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lists of objects in a folder, as `kubectl get deployments -o json > deployments.json` writes them.
public final class ClusterLists {
    /// What is read; others are passed over.
    private static final List<String> PLURALS = List.of(
            "deployments",
            "replicasets",
            "pods",
            "poddisruptionbudgets",
            "horizontalpodautoscalers",
            "events",
            "services",
            "resourcequotas",
            "prometheusrules",
            "podmonitors",
            "servicemonitors",
            "prometheuses",
            "nodes");

    private ClusterLists() {}

    /// Reads those lists that are there.
    ///
    /// @param deployment which deployment of several is meant; empty if there is one
    public static SortedMap<String, Part<JsonNode>> read(Path folder, Optional<String> deployment) throws IOException {
        SortedMap<String, Part<JsonNode>> lists = new TreeMap<>();
        for (String plural : PLURALS) {
            Path file = folder.resolve(plural + ".json");
            lists.put(
                    plural,
                    Files.exists(file)
                            ? list(file, plural.equals("deployments") ? deployment : Optional.empty())
                            : new Part.NotAsked<>("there is no " + file));
        }
        return lists;
    }

    private static Part<JsonNode> list(Path file, Optional<String> name) throws IOException {
        try {
            JsonNode list = Dump.JSON.readTree(Files.readString(file));
            if (!list.path("items").isArray()) {
                return new Part.Unreadable<>(file + " is no list of objects", "kubectl get ... -o json writes one");
            }
            return new Part.Read<>(name.isPresent() ? only(list, name.get()) : list);
        } catch (JsonProcessingException wrong) {
            return new Part.Unreadable<>(file + " is no JSON", "kubectl get ... -o json writes it");
        }
    }

    private static JsonNode only(JsonNode list, String name) {
        ObjectNode filtered = list.deepCopy();
        ArrayNode items = filtered.putArray("items");
        list.path("items").forEach(item -> {
            if (item.at("/metadata/name").asText().equals(name)) {
                items.add(item);
            }
        });
        return filtered;
    }
}
