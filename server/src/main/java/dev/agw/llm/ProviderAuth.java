package dev.agw.llm;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.List;
import java.util.function.Supplier;

/// Whose key a provider is shown.
public sealed interface ProviderAuth {
    /// The gateway's own key, in place of whatever the client sent.
    ///
    /// @param header where the provider looks: `Authorization`, or `api-key` at Azure
    /// @param value the whole field value, `Bearer sk-...`; asked for at each call, so that keys can be changed
    record Own(HeaderName header, Supplier<String> value) implements ProviderAuth {
        @Override
        public String toString() {
            return "Own[" + header + ": ***]";
        }
    }

    /// No key at all: a local server.
    record None() implements ProviderAuth {}

    /// The client's key goes on to the provider.
    record Client() implements ProviderAuth {}

    /// The fields that carry keys in the dialects of the providers, and those of browsers.
    List<HeaderName> FIELDS = List.of(
            HeaderName.AUTHORIZATION,
            HeaderName.of("api-key"),
            HeaderName.of("x-api-key"),
            HeaderName.of("x-goog-api-key"),
            HeaderName.of("Cookie"));

    /// Makes the fields of a request show this key and no other.
    default void apply(Headers headers) {
        switch (this) {
            case Own own -> {
                dropKeys(headers);
                headers.set(own.header(), own.value().get());
            }
            case None none -> dropKeys(headers);
            case Client client -> {}
        }
    }

    private static void dropKeys(Headers headers) {
        for (HeaderName field : FIELDS) {
            headers.remove(field);
        }
    }
}
