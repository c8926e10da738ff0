package dev.agw.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderCallTest {
    private static final HeaderName API_KEY = HeaderName.of("api-key");

    @Test
    void showsTheProviderOneKeyAndNoneOfTheClients() {
        Headers headers = clientHeaders();
        call(new ProviderAuth.Own(HeaderName.AUTHORIZATION, () -> "Bearer sk-own"))
                .prepare(headers, false);
        assertThat(headers).hasToString("Accept-Encoding: gzip\nx-other: stays\nAuthorization: Bearer sk-own\n");
    }

    @Test
    void putsTheKeyWhereTheProviderLooks() {
        Headers headers = clientHeaders();
        call(new ProviderAuth.Own(API_KEY, () -> "own")).prepare(headers, true);
        assertThat(headers).hasToString("x-other: stays\napi-key: own\n");
    }

    @Test
    void showsALocalServerNoKey() {
        Headers headers = clientHeaders();
        call(new ProviderAuth.None()).prepare(headers, true);
        assertThat(headers).hasToString("x-other: stays\n");
    }

    @Test
    void passesTheClientsKeyOnIfThatIsConfigured() {
        Headers headers = clientHeaders();
        call(new ProviderAuth.Client()).prepare(headers, false);
        assertThat(headers).hasToString(clientHeaders().toString());
    }

    @Test
    void neverShowsTheKeyAsText() {
        ProviderCall call = call(new ProviderAuth.Own(API_KEY, () -> "secret"));
        assertThat(call.toString()).contains("api-key: ***").doesNotContain("secret");
    }

    @Test
    void buildsTheProvidersPath() {
        Operation operation = Operation.of("POST", "/team/v1/chat/completions");
        assertThat(call(new ProviderAuth.None()).path(operation)).isEqualTo("/v1/chat/completions");
    }

    private static ProviderCall call(ProviderAuth auth) {
        return new ProviderCall("openai", Optional.empty(), "/v1", auth, true);
    }

    private static Headers clientHeaders() {
        return Headers.of(
                "Authorization", "Bearer client",
                "authorization", "Bearer twice",
                "Api-Key", "client",
                "X-API-Key", "client",
                "x-goog-api-key", "client",
                "Accept-Encoding", "gzip",
                "x-other", "stays");
    }
}
