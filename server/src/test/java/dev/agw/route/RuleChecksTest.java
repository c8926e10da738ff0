package dev.agw.route;

import static dev.agw.route.Compiling.assertPlaces;
import static dev.agw.route.Compiling.problems;
import static dev.agw.route.Compiling.rule;
import static dev.agw.route.Routes.backend;
import static dev.agw.route.Routes.match;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.HttpRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Matches, time limits and retries that cannot be kept are told with their place.
class RuleChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "~/(?=x)",
                "~/(a)\\1",
                "~/(((x{1000}){1000}){1000})",
                "=/a//b",
                "=/a/../b",
                "/a/%2e%2e",
                "=/a b",
                "/a?b",
                "/%zz",
                "/%00",
                "/ get",
                "/ v:~(?=x)",
                "/ ?p=~(?=x)"
            })
    void reportsMatchesThatCannotHold(String words) {
        assertThat(problems(rule(List.of(Routes.matchLine(words)), List.of(), backend("b", 1))))
                .singleElement()
                .asString()
                .startsWith("HTTPRoute default/r: spec.rules[0].matches[0].");
    }

    @Test
    void reportsPathsThatAreTooLong() {
        String path = "/a".repeat(512);
        assertThat(problems(rule(List.of(match(path)), List.of(), backend("b", 1))))
                .isEmpty();
        assertThat(problems(rule(List.of(match(path + "b")), List.of(), backend("b", 1))))
                .hasSize(1);
        assertThat(problems(rule(List.of(match("~" + path + "b")), List.of(), backend("b", 1))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"~/[0-9a-f]{8}-[0-9a-f]{4}", "~/v[0-9]{1,}/x{2,}", "=/%7Euser", "/caf%C3%A9", "/ M-SEARCH:1"})
    void takesMatchesThatCanHold(String words) {
        assertThat(problems(rule(List.of(Routes.matchLine(words)), List.of(), backend("b", 1))))
                .isEmpty();
    }

    @Test
    void reportsTimeoutsThatCannotBeKept() {
        assertPlaces(timed(Duration.ofSeconds(1), Duration.ofSeconds(2)), "timeouts.backendRequest");
        assertPlaces(timed(Duration.ofSeconds(-1), Duration.ZERO), "timeouts");
        assertPlaces(timed(Duration.ZERO, Duration.ofSeconds(2)));
    }

    private static HttpRoute.Rule timed(Duration request, Duration backendRequest) {
        return new HttpRoute.Rule(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new HttpRoute.Timeouts(Optional.of(request), Optional.of(backendRequest))),
                Optional.empty());
    }

    @Test
    void reportsRetriesThatMakeNoSense() {
        HttpRoute.Retry retry = new HttpRoute.Retry(List.of(200), -1, Duration.ofMillis(-1));
        HttpRoute.Rule rule = new HttpRoute.Rule(
                Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Optional.of(retry));
        assertPlaces(rule, "retry.attempts", "retry.backoff", "retry.codes");
    }
}
