package dev.agw.gateway;

import dev.agw.http.HeaderName;
import dev.agw.llm.ProviderAuth;
import dev.agw.resource.SecretValue;
import java.util.Map;
import java.util.Optional;

/// What is known of providers that speak OpenAI's dialect.
final class Providers {
    /// Hosts of other providers that offer the dialect, with the `gen_ai_system` they are counted under.
    private static final Map<String, String> SYSTEMS = Map.of(
            "api.anthropic.com", "anthropic",
            "generativelanguage.googleapis.com", "gemini",
            "api.mistral.ai", "mistral_ai",
            "api.groq.com", "groq",
            "api.deepseek.com", "deepseek",
            "api.x.ai", "x_ai");

    private Providers() {}

    /// The `gen_ai_system` of a host; `openai` unless it is known to be another's.
    static String system(String host) {
        return SYSTEMS.getOrDefault(host, "openai");
    }

    static ProviderAuth auth(Optional<SecretValue> credential, boolean passesClients) {
        if (passesClients) {
            return new ProviderAuth.Client();
        }
        if (credential.isEmpty()) {
            return new ProviderAuth.None();
        }
        String value = "Bearer " + credential.get().reveal();
        return new ProviderAuth.Own(HeaderName.AUTHORIZATION, () -> value);
    }
}
