package dev.agw.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A provider of models with OpenAI's API.
///
/// @param name as routes and metrics show it
/// @param keyVariable environment variable that holds the key; empty if it wants none
/// @param baseUrl as its clients want it, `https://api.openai.com/v1`
record Provider(String name, String keyVariable, URI baseUrl) {
    private static final String BASE_URL = "OPENAI_BASE_URL";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// All three serve OpenAI's dialect: https://docs.claude.com/en/api/openai-sdk,
    /// https://ai.google.dev/gemini-api/docs/openai
    private static final List<Provider> KNOWN = List.of(
            new Provider("openai", "OPENAI_API_KEY", URI.create("https://api.openai.com/v1")),
            new Provider("anthropic", "ANTHROPIC_API_KEY", URI.create("https://api.anthropic.com/v1")),
            new Provider(
                    "gemini", "GEMINI_API_KEY", URI.create("https://generativelanguage.googleapis.com/v1beta/openai")));

    /// Those whose keys are in the environment. `OPENAI_BASE_URL` puts another server in OpenAI's place.
    ///
    /// @throws CommandException if `OPENAI_BASE_URL` is no URL that can be called
    static List<Provider> found(Map<String, String> environment) {
        return KNOWN.stream()
                .filter(provider ->
                        !environment.getOrDefault(provider.keyVariable, "").isBlank())
                .map(provider -> provider.name.equals("openai") ? provider.at(environment) : provider)
                .toList();
    }

    private Provider at(Map<String, String> environment) {
        String other = environment.getOrDefault(BASE_URL, "");
        return other.isBlank() ? this : new Provider(name, keyVariable, url(other.strip()));
    }

    private static URI url(String text) {
        Optional<URI> url = parsed(text)
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null)
                .filter(uri -> List.of("http", "https").contains(Objects.requireNonNullElse(uri.getScheme(), "")));
        return url.orElseThrow(() -> new CommandException(
                ExitCode.USAGE, BASE_URL + " is no URL such as http://localhost:11434/v1; found \"" + text + "\""));
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (java.net.URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    boolean tls() {
        return "https".equals(baseUrl.getScheme());
    }

    int port() {
        int given = baseUrl.getPort();
        return given > 0 ? given : tls() ? HTTPS : HTTP;
    }

    /// Without a slash at its end; `/` if there is none.
    String path() {
        String path = baseUrl.getRawPath().replaceAll("/+$", "");
        return path.isEmpty() ? "/" : path;
    }
}
