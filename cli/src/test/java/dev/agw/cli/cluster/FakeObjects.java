package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Objects by the path of their collection, listed as the API lists them.
final class FakeObjects {
    private static final Pattern SET = Pattern.compile("([^\\s,]+) (in|notin) \\(([^)]*)\\)");

    /// By path, then by name: the order of pages.
    private final Map<String, Map<String, JsonNode>> collections = new ConcurrentHashMap<>();

    void put(String collection, JsonNode object) {
        collections
                .computeIfAbsent(collection, path -> java.util.Collections.synchronizedMap(new TreeMap<>()))
                .put(object.at("/metadata/name").asText(), object);
    }

    void remove(String collection, String name) {
        collections.getOrDefault(collection, new TreeMap<>()).remove(name);
    }

    /// The page that is asked for; empty if there is no such collection.
    ///
    /// @param most how many a page has at most, whatever its reader would take
    Optional<String> list(String path, String query, int most) {
        return Optional.ofNullable(collections.get(path)).map(all -> {
            Map<String, String> asked = parameters(query);
            List<JsonNode> wanted;
            synchronized (all) {
                wanted = all.values().stream()
                        .filter(object -> labelled(object, asked.getOrDefault("labelSelector", "")))
                        .filter(object -> named(object, asked.getOrDefault("fieldSelector", "")))
                        .toList();
            }
            int from = Integer.parseInt(asked.getOrDefault("continue", "0"));
            int limit = Math.min(most, Integer.parseInt(asked.getOrDefault("limit", "1000000")));
            return page(wanted, from, asked.containsKey("limit") ? limit : wanted.size());
        });
    }

    private static String page(List<JsonNode> wanted, int from, int limit) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        int to = Math.min(wanted.size(), from + limit);
        if (to < wanted.size()) {
            list.putObject("metadata").put("continue", Integer.toString(to));
        }
        ArrayNode items = list.putArray("items");
        wanted.subList(from, to).forEach(items::add);
        return list.toString();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static boolean named(JsonNode object, String selector) {
        return selector.isEmpty()
                || selector.equals(
                        "metadata.name=" + object.at("/metadata/name").asText());
    }

    private static boolean labelled(JsonNode object, String selector) {
        JsonNode labels = object.at("/metadata/labels");
        Matcher sets = SET.matcher(selector);
        boolean in = true;
        while (sets.find()) {
            boolean member = List.of(sets.group(3).split(","))
                    .contains(labels.path(sets.group(1)).asText("\0"));
            in &= member == sets.group(2).equals("in");
        }
        for (String term : SET.matcher(selector).replaceAll("").split(",", -1)) {
            in &= term.isBlank() || equal(labels, term.strip());
        }
        return in;
    }

    private static boolean equal(JsonNode labels, String term) {
        if (term.startsWith("!")) {
            return !labels.has(term.substring(1));
        }
        int equals = term.indexOf('=');
        return equals < 0
                ? labels.has(term)
                : labels.path(term.substring(0, equals)).asText("\0").equals(term.substring(equals + 1));
    }
}
