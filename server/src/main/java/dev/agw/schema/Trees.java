package dev.agw.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/// Subtrees that agw does not look into, as Jackson's tree.
final class Trees {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> YES = Set.of("true", "yes", "on");

    private Trees() {}

    static JsonNode tree(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> object(mapping);
            case Node.Sequence list -> array(list);
            case Node.Scalar scalar -> scalar(scalar);
        };
    }

    private static JsonNode object(Node.Mapping mapping) {
        ObjectNode object = JSON.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key(), tree(entry.value())));
        return object;
    }

    private static JsonNode array(Node.Sequence list) {
        ArrayNode array = JSON.arrayNode();
        list.items().forEach(item -> array.add(tree(item)));
        return array;
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT, ANY -> JSON.textNode(scalar.text());
            case NUMBER -> number(new BigDecimal(scalar.text()));
            case BOOLEAN -> JSON.booleanNode(YES.contains(scalar.text().toLowerCase(Locale.ROOT)));
            case NOTHING -> JSON.nullNode();
        };
    }

    private static JsonNode number(BigDecimal number) {
        boolean whole = number.scale() <= 0 && number.precision() - number.scale() < 19;
        return whole ? JSON.numberNode(number.longValueExact()) : JSON.numberNode(number);
    }
}
