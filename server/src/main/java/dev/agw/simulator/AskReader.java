package dev.agw.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/// Reads an [Ask] out of a JSON body in one pass, without building a tree.
final class AskReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> TEXTS = Set.of("content", "text", "arguments", "output", "input", "prompt");

    private final JsonParser parser;
    private String model = "";
    private boolean stream;
    private boolean includeUsage;
    private int maxTokens = -1;
    private boolean prompted;
    private int characters;
    private int messages;
    private int tokenNumbers;
    private String lastText = "";

    private AskReader(JsonParser parser) {
        this.parser = parser;
    }

    /// @throws ApiErrorException 400: no JSON, no object, or a field of another type than it must have
    static Ask read(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            return new AskReader(parser).ask();
        } catch (IOException invalid) {
            throw ApiErrorException.invalid(400, "the request body is not valid JSON");
        }
    }

    private Ask ask() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ApiErrorException.invalid(400, "the request body is not a JSON object");
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            field(field);
        }
        if (parser.nextToken() != null) {
            throw ApiErrorException.invalid(400, "something follows the JSON object of the request body");
        }
        int promptTokens = (characters + 3) / 4 + tokenNumbers + 3 * messages + 3;
        return new Ask(model, stream, includeUsage, maxTokens, promptTokens, lastText, prompted);
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "model" -> model = string(field);
            case "stream" -> stream = flag(field);
            case "stream_options" -> streamOptions();
            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> maxTokens = number(field);
            case "messages", "input", "prompt" -> prompt();
            default -> parser.skipChildren();
        }
    }

    private void streamOptions() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            if (field.equals("include_usage")) {
                includeUsage = flag(field);
            } else {
                parser.skipChildren();
            }
        }
    }

    /// Walks over whatever the prompt consists of and counts its text.
    private void prompt() throws IOException {
        prompted = parser.currentToken() != JsonToken.VALUE_NULL;
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                leaf(token);
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /// Elements of arrays have no name: pieces of text, or token numbers.
    private void leaf(JsonToken token) throws IOException {
        String name = parser.currentName();
        if (token == JsonToken.FIELD_NAME) {
            messages += "role".equals(name) ? 1 : 0;
        } else if (token == JsonToken.VALUE_STRING && (name == null || TEXTS.contains(name))) {
            lastText = parser.getText();
            characters += lastText.length();
        } else if (token == JsonToken.VALUE_NUMBER_INT && name == null) {
            tokenNumbers++;
        }
    }

    private String string(String field) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(field, "a string");
        }
        return parser.getText();
    }

    private boolean flag(String field) {
        JsonToken token = parser.currentToken();
        if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
            throw wrongType(field, "a boolean");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private int number(String field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return maxTokens;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 1) {
            throw wrongType(field, "a whole number above 0");
        }
        return (int) Math.min(Integer.MAX_VALUE, parser.getLongValue());
    }

    private static ApiErrorException wrongType(String field, String wanted) {
        return ApiErrorException.invalid("'" + field + "' must be " + wanted, field);
    }
}
