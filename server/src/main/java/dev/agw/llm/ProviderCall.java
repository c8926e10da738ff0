package dev.agw.llm;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.Optional;

/// How a provider of OpenAI's dialect is to be called, as its backend is configured.
///
/// @param system the `gen_ai_system` label: openai, azure.ai.openai, ...
/// @param model the model that takes the place of the one asked for, if any
/// @param pathPrefix what stands before the operation's path: `/v1`; may be empty
/// @param auth whose key it is shown
/// @param usageOnRequest whether `stream_options.include_usage` may be added; some older servers refuse it
public record ProviderCall(
        String system, Optional<String> model, String pathPrefix, ProviderAuth auth, boolean usageOnRequest) {

    /// The path at the provider.
    public String path(Operation operation) {
        return pathPrefix + operation.suffix();
    }

    /// Turns the client's fields into the provider's: keys, and no compression where the answer has to be
    /// rewritten.
    public void prepare(Headers headers, boolean rewritesAnswer) {
        auth.apply(headers);
        if (rewritesAnswer) {
            headers.remove(HeaderName.ACCEPT_ENCODING);
        }
    }
}
