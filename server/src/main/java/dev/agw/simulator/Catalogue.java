package dev.agw.simulator;

import java.util.List;
import java.util.stream.Collectors;

/// The models that the simulator lists. It answers for any model, listed or not.
final class Catalogue {
    private static final List<String> MODELS = List.of(
            "gpt-4o", "gpt-4o-mini", "text-embedding-3-small", "text-embedding-3-large", "omni-moderation-latest");

    private Catalogue() {}

    static String list() {
        return MODELS.stream()
                .map(Catalogue::json)
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    /// @throws ApiErrorException 404: it is not listed
    static String model(String id) {
        if (!MODELS.contains(id)) {
            throw ApiErrorException.noModel(id);
        }
        return json(id);
    }

    private static String json(String id) {
        return "{\"id\":\"" + id + "\",\"object\":\"model\",\"created\":1715367049,\"owned_by\":\"agw-simulator\"}";
    }
}
