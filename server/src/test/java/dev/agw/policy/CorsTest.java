package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("Access-Control-Allow-Origin");

    @ParameterizedTest
    @CsvSource({
        "https://app.example,     https://app.example,          true",
        "https://app.example,     https://APP.example,          true",
        "https://app.example,     http://app.example,           false",
        "https://app.example,     https://app.example:8443,     false",
        "https://app.example,     https://app.example.evil,     false",
        "https://*.example,       https://app.example,          true",
        "https://*.example,       https://a.b.example,          true",
        "https://*.example,       https://example,              false",
        "https://*.example,       https://.example,             false",
        "https://*.example,       https://evil/.example,        false",
        "https://*.example,       https://evil:1.example,       false",
        "https://*.example:8443,  https://app.example:8443,     true",
        "https://*.example:8443,  https://app.example,          false",
        "https://*,               https://anything.at.all,      true",
        "https://*,               https://anything:8443,        false",
        "http://localhost:*,      http://localhost:5173,        true",
        "http://localhost:*,      http://localhost,             false",
        "*,                       https://anything.at.all,      true",
        "*,                       null,                         true",
        "https://app.example,     null,                         false",
    })
    void allowsOrigins(String pattern, String origin, boolean allowed) {
        Headers headers = new Headers();
        cors(List.of("https://other.example", pattern), false).apply(from(origin), headers);
        assertThat(headers.has(ALLOW_ORIGIN)).isEqualTo(allowed);
    }

    @Test
    void answersAPreflightWithWhatIsAllowed() {
        Request preflight = preflight("https://app.example", "X-Custom");
        DirectAnswer answer =
                cors(List.of("https://app.example"), true).preflight(preflight).orElseThrow();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).hasToString("""
                Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
                Access-Control-Allow-Origin: https://app.example
                Access-Control-Allow-Credentials: true
                Access-Control-Allow-Methods: GET, POST
                Access-Control-Allow-Headers: Authorization, X-Custom
                Access-Control-Max-Age: 600
                """);
    }

    @Test
    void answersAPreflightOfAnotherOriginWithoutCorsFields() {
        Request preflight = preflight("https://evil.example", "X-Custom");
        DirectAnswer answer =
                cors(List.of("https://app.example"), true).preflight(preflight).orElseThrow();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers())
                .hasToString("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\n");
    }

    @Test
    void takesNothingElseForAPreflight() {
        Cors cors = cors(List.of("*"), false);
        assertThat(cors.preflight(Requests.of("OPTIONS", "http://a/"))).isEmpty();
        assertThat(cors.preflight(Requests.of("OPTIONS", "http://a/", "Origin", "https://x")))
                .isEmpty();
        assertThat(cors.preflight(Requests.of("OPTIONS", "http://a/", "Access-Control-Request-Method", "GET")))
                .isEmpty();
        assertThat(cors.preflight(
                        Requests.get("http://a/", "Origin", "https://x", "Access-Control-Request-Method", "GET")))
                .isEmpty();
    }

    @Test
    void grantsWhatWasAskedForWhereEverythingIsAllowed() {
        Cors cors = new Cors(new HttpRoute.Cors(List.of("*"), false, List.of("*"), List.of("*"), List.of(), 5));
        assertThat(cors.preflight(preflight("https://x", "authorization"))
                        .orElseThrow()
                        .headers())
                .hasToString("""
                        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
                        Access-Control-Allow-Origin: *
                        Access-Control-Allow-Methods: POST
                        Access-Control-Allow-Headers: authorization
                        Access-Control-Max-Age: 5
                        """);
    }

    @Test
    void namesNoMethodsAndFieldsWhereNoneAreListed() {
        Cors cors = new Cors(new HttpRoute.Cors(List.of("*"), false, List.of(), List.of(), List.of(), 5));
        assertThat(cors.preflight(preflight("https://x", "authorization"))
                        .orElseThrow()
                        .headers())
                .hasToString("""
                        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
                        Access-Control-Allow-Origin: *
                        Access-Control-Max-Age: 5
                        """);
    }

    @Test
    void namesTheOriginInsteadOfAStarWhereCredentialsAreAllowed() {
        Headers headers = new Headers();
        cors(List.of("*"), true).apply(from("https://x.example"), headers);
        assertThat(headers).hasToString("""
                Access-Control-Allow-Origin: https://x.example
                Access-Control-Allow-Credentials: true
                Access-Control-Expose-Headers: X-Request-Id
                Vary: Origin
                """);
    }

    @Test
    void givesTheNullOriginNoCredentials() {
        Headers headers = new Headers();
        cors(List.of("*"), true).apply(from("null"), headers);
        assertThat(headers).hasToString("Vary: Origin\n");
    }

    @Test
    void needsNoVaryWhereTheAnswerIsTheSameForAll() {
        Headers headers = new Headers();
        cors(List.of("*"), false).apply(from("https://x.example"), headers);
        assertThat(headers).hasToString("""
                Access-Control-Allow-Origin: *
                Access-Control-Expose-Headers: X-Request-Id
                """);
    }

    @Test
    void decidesAloneWhateverTheBackendSays() {
        Headers headers = Headers.of(
                "Access-Control-Allow-Origin", "*",
                "Access-Control-Allow-Credentials", "true",
                "Access-Control-Expose-Headers", "Secret",
                "Vary", "Accept, origin");
        cors(List.of("https://app.example"), false).apply(from("https://evil.example"), headers);
        assertThat(headers).hasToString("Vary: Accept, origin\n");
    }

    @Test
    void tellsCachesThatTheOriginMattersEvenWithoutOne() {
        Headers headers = Headers.of("Vary", "Accept");
        cors(List.of("https://app.example"), false).apply(Requests.get("http://a/"), headers);
        assertThat(headers).hasToString("Vary: Accept\nVary: Origin\n");
    }

    private static Cors cors(List<String> origins, boolean credentials) {
        return new Cors(new HttpRoute.Cors(
                origins,
                credentials,
                List.of("GET", "POST"),
                List.of("Authorization", "X-Custom"),
                List.of("X-Request-Id"),
                600));
    }

    private static Request from(String origin) {
        return Requests.get("http://a/", "Origin", origin);
    }

    private static Request preflight(String origin, String fields) {
        return Requests.of(
                "OPTIONS",
                "http://a/",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                fields);
    }
}
