package dev.agw.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.llm.Operation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, CHAT, /chat/completions",
        "/chat/completions, CHAT, /chat/completions",
        "/team-a/openai/v1/chat/completions, CHAT, /chat/completions",
        "/models/chat/completions, CHAT, /chat/completions",
        "/v1/completions, TEXT_COMPLETION, /completions",
        "/v1/responses, RESPONSES, /responses",
        "/x/embeddings, EMBEDDINGS, /embeddings"
    })
    void recognisesWhatRunsAModelByTheEndOfItsPath(String path, Kind kind, String suffix) {
        assertThat(Operation.of("POST", path)).isEqualTo(new Operation(kind, suffix, true));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions/",
        "/v1/chat/completions//",
        "/v1//chat//completions",
        "/v1/chat/%63ompletions",
        "/v1/chat%2Fcompletions",
        "/v1/chat/completions%2f"
    })
    void metersItInEverySpelling(String path) {
        assertThat(Operation.of("POST", path)).isEqualTo(new Operation(Kind.CHAT, "/chat/completions", true));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, CHAT, /chat/completions",
        "GET, /v1/chat/completions/c1/messages, CHAT, /chat/completions/c1/messages",
        "GET, /v1/responses/resp_1, RESPONSES, /responses/resp_1",
        "DELETE, /a/v1/responses/resp_1, RESPONSES, /responses/resp_1",
        "POST, /v1/responses/resp_1/cancel, RESPONSES, /responses/resp_1/cancel",
        "GET, /v1/responses/resp_1/input_items, RESPONSES, /responses/resp_1/input_items",
        "GET, /v1/models, MODELS, /models",
        "GET, /team/models/meta/llama, MODELS, /models/meta/llama",
        "POST, /v1/moderations, MODERATIONS, /moderations",
        "POST, /v1/audio/speech, AUDIO, /audio/speech",
        "POST, /v1/images/generations, IMAGES, /images/generations",
        "GET, /v1/files/f1/content, FILES, /files/f1/content",
        "POST, /v1/batches, BATCHES, /batches",
        "POST, /v1/fine_tuning/jobs, FINE_TUNING, /fine_tuning/jobs",
        "GET, /v1/realtime, REALTIME, /realtime",
        "POST, /v1/vector_stores/v1/files, FILES, /files",
        "GET, /v1/vector_stores/vs_1/files, UNKNOWN, /vector_stores/vs_1/files",
        "POST, /anything/else, UNKNOWN, /anything/else",
        "POST, /modelsheet/x, UNKNOWN, /modelsheet/x",
        "POST, /100%/x, UNKNOWN, /100%/x",
        "POST, /, UNKNOWN, /"
    })
    void letsEverythingElsePass(String method, String path, Kind kind, String suffix) {
        assertThat(Operation.of(method, path)).isEqualTo(new Operation(kind, suffix, false));
    }

    @Test
    void labelsOperationsAsTheConventionsDo() {
        assertThat(Operation.of("POST", "/v1/completions").kind().label()).isEqualTo("text_completion");
        assertThat(Operation.of("POST", "/v1/responses").kind().label()).isEqualTo("chat");
        assertThat(Operation.of("POST", "/x").kind().label()).isEqualTo("unknown");
    }
}
