package dev.agw.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.cluster.Api.Reply;
import dev.agw.cli.upgrade.Part;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lists objects page by page, and remembers what it was not allowed to.
final class Listing {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int PAGE = 500;

    private final Api api;
    private final Set<RoleRule> denied = Collections.synchronizedSet(new LinkedHashSet<>());

    Listing(Api api) {
        this.api = api;
    }

    /// The rules that were wanting so far.
    List<RoleRule> denied() {
        return List.copyOf(denied);
    }

    /// All objects of a kind in these namespaces, as one list.
    Part<JsonNode> list(ObjectKind kind, List<String> namespaces, Selection selection) throws InterruptedException {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (String namespace : namespaces) {
            Part<JsonNode> part = list(kind, namespace, selection, items);
            if (!(part instanceof Part.Read<JsonNode>)) {
                return part;
            }
        }
        Redaction.apply(kind, items);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.set("items", items);
        return new Part.Read<>(list);
    }

    private Part<JsonNode> list(ObjectKind kind, String namespace, Selection selection, ArrayNode into)
            throws InterruptedException {
        String next = "";
        do {
            String query = "?limit=" + PAGE + (selection.query().isEmpty() ? "" : "&" + selection.query()) + next;
            Part<JsonNode> page = page(api.get(kind.path(namespace) + query), kind, namespace);
            if (!(page instanceof Part.Read<JsonNode>(JsonNode list))) {
                return page;
            }
            list.path("items").forEach(into::add);
            String token = list.at("/metadata/continue").asText();
            next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return new Part.Read<>(into);
    }

    private Part<JsonNode> page(Reply reply, ObjectKind kind, String namespace) {
        if (reply instanceof Reply.Answer(int status, String body, String date)) {
            if (status == 403) {
                return denied(kind, namespace);
            }
            if (status == 404) {
                return new Part.NotAsked<>("the cluster serves no " + kind.plural() + " at " + kind.prefix());
            }
        }
        return tree(reply, "the list of " + kind.plural());
    }

    private Part<JsonNode> denied(ObjectKind kind, String namespace) {
        RoleRule rule = RoleRule.list(kind, namespace);
        if (kind.optional()) {
            return new Part.NotAsked<>("not allowed to list " + kind.plural() + ": " + rule);
        }
        return denied(rule);
    }

    /// @param rule that would let it be read
    <T> Part<T> denied(RoleRule rule) {
        denied.add(rule);
        return new Part.Unreadable<>("not allowed to " + rule.verb() + " " + rule.resource(), rule.toString());
    }

    /// The JSON of an answer, or why there is none.
    ///
    /// @param what as it is named in the reason
    static Part<JsonNode> tree(Reply reply, String what) {
        return switch (reply) {
            case Reply.Silence(String why) -> new Part.Unreadable<>("the API did not answer: " + why, "");
            case Reply.Answer(int status, String body, String date)
            when status == 401 ->
                new Part.Unreadable<>(
                        "the API does not know who asks (401)", "log in anew, or choose another --context");
            case Reply.Answer(int status, String body, String date)
            when status != OK -> new Part.Unreadable<>("the API answered with " + status + " to " + what, "try again");
            case Reply.Answer(int status, String body, String date) -> json(body, what);
        };
    }

    private static Part<JsonNode> json(String body, String what) {
        try {
            return new Part.Read<>(JSON.readTree(body));
        } catch (JsonProcessingException wrong) {
            return new Part.Unreadable<>(what + " is no JSON", "is it the API of a cluster?");
        }
    }
}
