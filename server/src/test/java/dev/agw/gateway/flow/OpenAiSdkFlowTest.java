package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// OpenAI's own client needs nothing but another base URL.
class OpenAiSdkFlowTest {
    private static Simulator simulator;
    private static TestGateway gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        gateway = TestGateway.serving(
                Manifest.models("models", simulator.port()),
                Manifest.resource(
                        "gateway.kgateway.dev/v1alpha1",
                        "Backend",
                        "absent",
                        "ai: {llm: {openai: {authToken: {kind: SecretRef, secretRef: {name: nowhere}}}}}"),
                Manifest.route("chat", Manifest.rule("/v1", "models"), Manifest.rule("/absent", "absent")));
        client = client("/v1");
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        simulator.close();
    }

    private static OpenAIClient client(String base) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + gateway.port() + base)
                .apiKey("sk-of-the-client")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("hello there");
    }

    @Test
    void completesAChat() {
        ChatCompletion answer =
                client.chat().completions().create(chat("gpt-4o").build());

        assertThat(answer.model()).isEqualTo("gpt-4o");
        assertThat(answer.choices().getFirst().message().content().orElseThrow())
                .startsWith("You said: hello there");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(24);
    }

    @Test
    void streamsAChat() {
        StringBuilder text = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat("gpt-4o").build())) {
            stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(text::append));
        }

        assertThat(text).startsWith("You said: hello there.").hasSizeGreaterThan(80);
    }

    @Test
    void createsAResponse() {
        Response response = client.responses().create(response());

        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(24);
    }

    @Test
    void streamsAResponse() {
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(response())) {
            List<ResponseStreamEvent> events = stream.stream().toList();

            assertThat(events.stream().filter(ResponseStreamEvent::isOutputTextDelta))
                    .hasSize(24);
            assertThat(events.getLast().isCompleted()).isTrue();
        }
    }

    private static ResponseCreateParams response() {
        return ResponseCreateParams.builder().model("gpt-4o").input("hello").build();
    }

    @Test
    void embedsAText() {
        var answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("hello")
                        .build());

        assertThat(answer.data().getFirst().embedding()).isNotEmpty();
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("gpt-4o");
    }

    @Test
    void tellsTheProvidersRateLimitAsOne() {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(
                        () -> client.chat().completions().create(chat("sim-429").build()))
                .satisfies(e -> assertThat(e.headers().values("retry-after")).containsExactly("1"));
    }

    @Test
    void tellsThatNoRouteTakesTheRequest() {
        OpenAIClient lost = client("/elsewhere/v1");

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(
                        () -> lost.chat().completions().create(chat("gpt-4o").build()))
                .satisfies(e -> assertThat(e.code()).contains("not_found"))
                .satisfies(e -> assertThat(e.type()).contains("invalid_request_error"));
        lost.close();
    }

    @Test
    void tellsThatNoProviderCanBeCalled() {
        OpenAIClient lost = client("/absent/v1");

        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(
                        () -> lost.chat().completions().create(chat("gpt-4o").build()))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(503))
                .satisfies(e -> assertThat(e.code()).contains("no_healthy_backend"));
        lost.close();
    }
}
