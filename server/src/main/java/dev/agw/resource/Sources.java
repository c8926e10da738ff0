package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import java.util.Map;
import java.util.Optional;

/// Where each resource was written, those included that could not be read.
///
/// @param documents by resource; empty for resources that come from elsewhere
record Sources(Map<ResourceKey, Node.Mapping> documents) {
    boolean declares(ResourceKey key) {
        return documents.containsKey(key);
    }

    /// Where the field is written, or the nearest thing around it that is.
    Position position(ResourceKey key, FieldPath path) {
        return Optional.ofNullable(documents.get(key))
                .map(document -> document.nearest(path).at())
                .orElseGet(() -> Position.of(key.toString()));
    }
}
