package dev.agw.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Reads JSON into nodes; several values in a row are several documents. For one file and one thread.
final class JsonDocuments {
    /// What is nested deeper is refused, before somebody who walks through it runs out of stack.
    private static final int DEEPEST = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final String source;
    private final Problems problems;

    JsonDocuments(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /// The documents up to the first one that is no JSON.
    List<Node> read(String text) {
        List<Node> documents = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            read(parser, documents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private void read(JsonParser parser, List<Node> documents) throws IOException {
        try {
            while (parser.nextToken() != null) {
                documents.add(node(parser));
            }
        } catch (StreamConstraintsException tooMuch) { // which does not say where
            refuse(parser.currentLocation(), tooMuch);
        } catch (JsonProcessingException broken) {
            refuse(broken.getLocation(), broken);
        }
    }

    private void refuse(JsonLocation location, JsonProcessingException broken) {
        problems.error(at(location), FieldPath.TOP, "no valid JSON: " + broken.getOriginalMessage(), "");
    }

    private Node node(JsonParser parser) throws IOException {
        Position at = at(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, at);
            case START_ARRAY -> array(parser, at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(parser, at, Node.Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, at, Node.Kind.BOOLEAN);
            case VALUE_NULL -> scalar(parser, at, Node.Kind.NOTHING);
            case VALUE_STRING, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
                scalar(parser, at, Node.Kind.TEXT);
        };
    }

    private Node object(JsonParser parser, Position at) throws IOException {
        List<Node.Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Position key = at(parser.currentTokenLocation());
            String name = parser.currentName();
            parser.nextToken();
            entries.add(new Node.Entry(key, name, node(parser)));
        }
        return new Node.Mapping(at, entries);
    }

    private Node array(JsonParser parser, Position at) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser));
        }
        return new Node.Sequence(at, items);
    }

    private static Node scalar(JsonParser parser, Position at, Node.Kind kind) throws IOException {
        return new Node.Scalar(at, kind, parser.getText());
    }

    private Position at(JsonLocation location) {
        return new Position(source, location.getLineNr(), location.getColumnNr());
    }
}
