package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeaderName;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
    /// Scheme, host and port of Gateway API's HTTPRequestRedirectFilter; `-` is absent.
    @ParameterizedTest
    @CsvSource({
        "-,     -,       -,    http://a.example/x,       80,   http://a.example/x",
        "-,     -,       -,    http://a.example:80/x,    80,   http://a.example/x",
        "-,     -,       -,    http://a.example:8080/x,  8080, http://a.example:8080/x",
        "-,     -,       -,    http://a.example/x,       8080, http://a.example:8080/x",
        "-,     -,       -,    https://a.example/x,      443,  https://a.example/x",
        "-,     -,       -,    https://a.example/x,      80,   https://a.example:80/x",
        "https, -,       -,    http://a.example:8080/x,  8080, https://a.example/x",
        "http,  -,       -,    https://a.example/x,      443,  http://a.example/x",
        "https, -,       8443, http://a.example/x,       80,   https://a.example:8443/x",
        "https, -,       443,  http://a.example/x,       80,   https://a.example/x",
        "http,  -,       80,   https://a.example/x,      443,  http://a.example/x",
        "https, -,       80,   http://a.example/x,       80,   https://a.example:80/x",
        "-,     b.example, -,  http://a.example/x?q=1,   80,   http://b.example/x?q=1",
        "-,     b.example, 81, http://a.example/x,       80,   http://b.example:81/x",
        "-,     -,       -,    http://[::1]:80/x,        80,   http://[::1]/x",
    })
    void composesTheLocation(String scheme, String host, String port, String url, int listenerPort, String expected) {
        HttpRoute.Redirect config = new HttpRoute.Redirect(
                given(scheme), given(host), Optional.empty(), given(port).map(Integer::valueOf), 302);
        assertThat(location(config, url, listenerPort)).isEqualTo(expected);
    }

    @Test
    void replacesTheMatchedPrefixAndKeepsTheQuery() {
        PathModifier path =
                new PathModifier(PathModifierType.ReplacePrefixMatch, Optional.empty(), Optional.of("/new"));
        HttpRoute.Redirect config =
                new HttpRoute.Redirect(Optional.empty(), Optional.empty(), Optional.of(path), Optional.empty(), 308);
        assertThat(location(config, "http://a.example/old/page?x=%20y", 80))
                .isEqualTo("http://a.example/new/page?x=%20y");
        assertThat(new Redirect(config)
                        .answer(Requests.get("http://a/old"), 1, 80)
                        .status())
                .isEqualTo(308);
    }

    @Test
    void answersAClientThatNamedNoHostWithARelativeTarget() {
        HttpRoute.Redirect config =
                new HttpRoute.Redirect(Optional.of("https"), Optional.empty(), Optional.empty(), Optional.empty(), 302);
        assertThat(location(config, "http:///x", 80)).isEqualTo("/x");
        assertThat(location(config, "http:////evil.example", 80)).isEqualTo("/.//evil.example");
    }

    private static String location(HttpRoute.Redirect config, String url, int listenerPort) {
        DirectAnswer answer = new Redirect(config).answer(Requests.get(url), 1, listenerPort);
        assertThat(answer.body()).isEmpty();
        return answer.headers().first(HeaderName.LOCATION).orElseThrow();
    }

    private static Optional<String> given(String cell) {
        return Optional.of(cell).filter(text -> !text.equals("-"));
    }
}
