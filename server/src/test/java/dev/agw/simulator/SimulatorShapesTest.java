package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers compared whole with golden files; seed 1 makes their ids, only the time of creation is taken out.
class SimulatorShapesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/simulator");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void restart(SimulatorSettings settings) {
        simulator.close();
        simulator = Simulator.start(settings);
    }

    private static void assertGolden(String name, HttpResponse<String> response) throws IOException {
        String body = response.body().replaceAll("\"created(_at)?\":\\d{10}", "\"created$1\":0");
        assertThat(body).isEqualTo(Files.readString(GOLDEN.resolve(name), StandardCharsets.UTF_8));
    }

    @Test
    void answersAChatCompletion() throws IOException {
        HttpResponse<String> response = Asking.post(simulator, Asking.CHAT, Asking.chat(",\"max_tokens\":6"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-request-id").orElseThrow()).startsWith("req_");
        assertThat(response.headers().firstValue("date").orElseThrow()).endsWith(" GMT");
        assertGolden("chat.json", response);
    }

    @Test
    void streamsAChatCompletion() throws IOException {
        HttpResponse<String> response =
                Asking.post(simulator, Asking.CHAT, Asking.chat(",\"stream\":true"), "x-sim-tokens", "3");

        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertGolden("chat.sse", response);
    }

    @Test
    void tellsTheUsageOfAStreamOnlyIfAsked() throws IOException {
        String body = Asking.chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertGolden("chat-usage.sse", Asking.post(simulator, Asking.CHAT, body, "x-sim-tokens", "3"));
    }

    @Test
    void answersACompletion() throws IOException {
        String body = "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Once upon\"}";

        assertGolden("completion.json", Asking.post(simulator, "/v1/completions", body, "x-sim-tokens", "3"));
    }

    @Test
    void streamsACompletion() throws IOException {
        String body = "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Once upon\",\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true}}";

        assertGolden("completion.sse", Asking.post(simulator, "/v1/completions", body, "x-sim-tokens", "2"));
    }

    @Test
    void answersAResponse() throws IOException {
        String body = "{\"model\":\"gpt-4o\",\"input\":\"Hello\"}";

        assertGolden("response.json", Asking.post(simulator, "/v1/responses", body, "x-sim-tokens", "3"));
    }

    @Test
    void streamsAResponseThatItsBoundEnds() throws IOException {
        String body = "{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
                + "\"text\":\"Hello\"}]}],\"stream\":true,\"max_output_tokens\":2}";

        assertGolden("response.sse", Asking.post(simulator, "/v1/responses", body));
    }

    @Test
    void listsModels() throws IOException {
        assertGolden("models.json", Asking.get(simulator, "/v1/models"));
        assertGolden("model.json", Asking.get(simulator, "/v1/models/gpt-4o"));
        assertThat(Asking.get(simulator, "/v1/models/none").statusCode()).isEqualTo(404);
    }

    @Test
    void moderates() throws IOException {
        HttpResponse<String> response =
                Asking.post(simulator, "/v1/moderations", "{\"input\":\"I will kill the process\"}");

        assertGolden("moderation.json", response);
        assertThat(json(Asking.post(simulator, "/v1/moderations", "{\"model\":\"m\",\"input\":\"Hi\"}"))
                        .at("/results/0/flagged")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void embedsTheSameAsNumbersAndAsBase64() throws IOException {
        String start = "{\"model\":\"text-embedding-3-small\",\"dimensions\":8,\"input\":[\"one\",\"two\"]";
        JsonNode numbers = json(Asking.post(simulator, "/v1/embeddings", start + "}"));
        JsonNode base64 = json(Asking.post(simulator, "/v1/embeddings", start + ",\"encoding_format\":\"base64\"}"));

        byte[] bytes = Base64.getDecoder().decode(base64.at("/data/1/embedding").asText());
        FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        JsonNode vector = numbers.at("/data/1/embedding");
        assertThat(vector).hasSize(8).isNotEqualTo(numbers.at("/data/0/embedding"));
        double squares = 0;
        for (int i = 0; i < 8; i++) {
            assertThat(vector.get(i).floatValue()).isEqualTo(floats.get(i));
            squares += vector.get(i).doubleValue() * vector.get(i).doubleValue();
        }
        assertThat(Math.abs(squares - 1)).isLessThan(1e-5);
        assertThat(numbers.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "text-embedding-3-small, '\"a\"', 1, 1536",
        "text-embedding-3-large, '[1,2,3]', 1, 3072",
        "text-embedding-3-small, '[[1],[2]]', 2, 1536"
    })
    void embedsEveryKindOfInput(String model, String input, int vectors, int dimensions) throws IOException {
        String body = "{\"model\":\"" + model + "\",\"input\":" + input + "}";
        JsonNode answer = json(Asking.post(simulator, "/v1/embeddings", body));

        assertThat(answer.get("data")).hasSize(vectors);
        assertThat(answer.at("/data/0/embedding")).hasSize(dimensions);
        assertThat(answer.get("model").asText()).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/openai/deployments/x/chat/completions", "/a/v1/chat/completions"})
    void findsAnEndpointBehindAnyPrefix(String path) throws IOException {
        assertThat(json(Asking.post(simulator, path, Asking.chat("")))
                        .get("object")
                        .asText())
                .isEqualTo("chat.completion");
    }

    @Test
    void isHealthy() {
        assertThat(Asking.get(simulator, "/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/nothing          | {}                                      | 404 | unknown URL (POST /v1/nothing)",
                "/v1/models           | {}                                      | 405 | not allowed to POST on /v1/models, only to GET",
                "/v1/chat/completions | {                                       | 400 | the request body is not valid JSON",
                "/v1/embeddings       | []                                      | 400 | the request body is not a JSON object",
                "/v1/chat/completions | {} {}                                   | 400 | something follows the JSON object of the request body",
                "/v1/chat/completions | {\"messages\":[]}                       | 400 | the parameter 'model' is required",
                "/v1/chat/completions | {\"model\":\"m\"}                       | 400 | the parameter 'messages' is required",
                "/v1/chat/completions | {\"model\":\"m\",\"messages\":null}     | 400 | the parameter 'messages' is required",
                "/v1/responses        | {\"model\":\"m\"}                       | 400 | the parameter 'input' is required",
                "/v1/chat/completions | {\"model\":1}                           | 400 | 'model' must be a string",
                "/v1/chat/completions | {\"stream\":1}                          | 400 | 'stream' must be a boolean",
                "/v1/chat/completions | {\"max_tokens\":0}                      | 400 | 'max_tokens' must be a whole number above 0",
                "/v1/embeddings | {\"model\":\"m\",\"input\":\"\",\"dimensions\":0} | 400 | 'dimensions' must be from 1 to 4096"
            })
    void refusesInOpenAisShape(String path, String body, int status, String message) throws IOException {
        HttpResponse<String> response = Asking.post(simulator, path, body);

        JsonNode error = json(response).get("error");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error.get("message").asText()).isEqualTo(message);
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.has("param")).isTrue();
        assertThat(error.has("code")).isTrue();
    }

    @Test
    void makesBodiesOfTheWantedSize() {
        restart(SimulatorSettings.DEFAULT.withLength(new SimulatorSettings.Length(24, 20_000)));

        assertThat(Asking.post(simulator, Asking.CHAT, Asking.chat("")).body()).hasSize(20_000);
        assertThat(Asking.post(simulator, "/v1/completions", "{\"model\":\"m\",\"prompt\":\"p\"}")
                        .body())
                .hasSize(20_000);
    }

    @Test
    void keepsUsageToItselfIfTold() {
        restart(SimulatorSettings.DEFAULT.withUsage(false));
        String stream = Asking.chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertThat(Asking.post(simulator, Asking.CHAT, Asking.chat("")).body()).doesNotContain("usage");
        assertThat(Asking.post(simulator, Asking.CHAT, stream).body()).doesNotContain("usage");
        assertThat(Asking.post(simulator, "/v1/responses", "{\"model\":\"m\",\"input\":\"i\"}")
                        .body())
                .contains("\"usage\":null");
    }

    @Test
    void countsWhatThePromptConsistsOf() throws IOException {
        String body = """
                {"model":"m","user":{"content":"not a prompt"},"max_completion_tokens":null,"messages":[
                  {"role":"system","content":"12345678"},
                  {"role":"user","content":[{"type":"text","text":"1234"},{"type":"image_url","image_url":{"url":"x"}}]}],
                 "stream_options":null,"stream":null}
                """;

        JsonNode usage = json(Asking.post(simulator, Asking.CHAT, body, "x-sim-tokens", "7"))
                .get("usage");

        assertThat(usage.get("prompt_tokens").asInt()).isEqualTo(3 + 2 * 3 + 3);
        assertThat(usage.get("completion_tokens").asInt()).isEqualTo(7);
        assertThat(usage.get("total_tokens").asInt()).isEqualTo(19);
    }

    @Test
    void repeatsOnlyTheStartOfALongMessage() throws IOException {
        String body = Asking.chat("").replace("Hello there", "word ".repeat(5000));

        assertThat(json(Asking.post(simulator, Asking.CHAT, body))
                        .at("/choices/0/message/content")
                        .asText())
                .startsWith("You said:" + " word".repeat(12) + "... This answer");
    }

    private static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
        return JSON.readTree(response.body());
    }
}
