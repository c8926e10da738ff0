package dev.agw.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Embeddings: vectors of length 1 that depend on the text alone, as numbers or as base64 of little-endian floats.
/// https://platform.openai.com/docs/api-reference/embeddings
final class Embeddings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DIMENSIONS = 4096;

    private final Ask ask;
    private final JsonNode request;
    private final boolean usage;

    private Embeddings(Ask ask, JsonNode request, boolean usage) {
        this.ask = ask;
        this.request = request;
        this.usage = usage;
    }

    static String answer(Ask ask, byte[] body, boolean usage) {
        try {
            return new Embeddings(ask, JSON.readTree(body), usage).answer();
        } catch (IOException invalid) {
            throw ApiErrorException.invalid(400, "the request body is not valid JSON");
        }
    }

    private String answer() {
        int dimensions = dimensions();
        boolean base64 = request.path("encoding_format").asText("float").equals("base64");
        StringBuilder data = new StringBuilder("{\"object\":\"list\",\"data\":[");
        List<String> inputs = inputs(request.path("input"));
        for (int i = 0; i < inputs.size(); i++) {
            float[] vector = vector(inputs.get(i), dimensions);
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(base64 ? base64(vector) : numbers(vector))
                    .append('}');
        }
        data.append("],\"model\":").append(JsonText.quote(ask.model()));
        return data.append(usage ? ",\"usage\":" + usage() + "}" : "}").toString();
    }

    private String usage() {
        return "{\"prompt_tokens\":" + ask.promptTokens() + ",\"total_tokens\":" + ask.promptTokens() + "}";
    }

    private int dimensions() {
        int usual = ask.model().endsWith("-large") ? 3072 : 1536;
        int dimensions = request.path("dimensions").asInt(usual);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw ApiErrorException.invalid("'dimensions' must be from 1 to " + MAX_DIMENSIONS, "dimensions");
        }
        return dimensions;
    }

    /// A string, or token numbers, is one input; a list of either is several.
    private static List<String> inputs(JsonNode input) {
        if (!input.isArray() || input.path(0).isNumber()) {
            return List.of(input.isTextual() ? input.asText() : input.toString());
        }
        List<String> inputs = new ArrayList<>();
        for (JsonNode one : input) {
            inputs.addAll(inputs(one));
        }
        return inputs;
    }

    private static float[] vector(String text, int dimensions) {
        Dice dice = new Dice(text.hashCode());
        double[] raw = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            raw[i] = Dice.unit(dice.next()) - 0.5;
            squares += raw[i] * raw[i];
        }
        double length = Math.sqrt(squares);
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (raw[i] / length);
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static String numbers(float[] vector) {
        StringBuilder numbers = new StringBuilder(vector.length * 14).append('[');
        for (int i = 0; i < vector.length; i++) {
            numbers.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return numbers.append(']').toString();
    }
}
