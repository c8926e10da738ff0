package dev.agw.route;

import static dev.agw.route.Compiling.only;
import static dev.agw.route.Compiling.rule;
import static dev.agw.route.Filters.ADD;
import static dev.agw.route.Filters.EXTENSION;
import static dev.agw.route.Filters.REDIRECT;
import static dev.agw.route.Filters.STRIP;
import static dev.agw.route.Filters.cors;
import static dev.agw.route.Filters.extension;
import static dev.agw.route.Filters.headers;
import static dev.agw.route.Filters.mirror;
import static dev.agw.route.Filters.modifier;
import static dev.agw.route.Filters.redirect;
import static dev.agw.route.Routes.backend;
import static dev.agw.route.Routes.filter;
import static dev.agw.route.Routes.match;
import static dev.agw.route.Routes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Request;
import dev.agw.exchange.RouteRef;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.policy.DirectAnswer;
import dev.agw.policy.DirectResponse;
import dev.agw.policy.Mirror;
import dev.agw.policy.Requests;
import dev.agw.policy.RetryPolicy;
import dev.agw.policy.Timeouts;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.ExtensionRef;
import dev.agw.resource.HttpRoute.Filter;
import dev.agw.resource.HttpRoute.FilterType;
import dev.agw.resource.HttpRoute.Fraction;
import dev.agw.resource.HttpRoute.HeaderValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of rules, and of those that cannot be kept.
class RouteCompilerTest {
    @Test
    void compilesARuleWhole() {
        HttpRoute.Rule config = new HttpRoute.Rule(
                Optional.of("chat"),
                List.of(match("/openai")),
                List.of(ADD, STRIP, mirror(backend("shadow", 1), Optional.of(5), Optional.empty()), extension()),
                List.of(backend(
                        "openai",
                        1,
                        headers("X-Backend", "2"),
                        mirror(backend("copy", 1), Optional.empty(), Optional.of(new Fraction(1, 8))))),
                Optional.of(
                        new HttpRoute.Timeouts(Optional.of(Duration.ofSeconds(9)), Optional.of(Duration.ofSeconds(3)))),
                Optional.of(new HttpRoute.Retry(List.of(503), 2, Duration.ofMillis(25))));
        Match<Rule<String>> match = only(config).match(Requests.get("http://a/openai/v1/models"));
        Rule<String> rule = match.rule();
        Backends.Destination<String> destination = rule.backends().choose();
        Request sent = destination
                .filters()
                .onRequest(
                        rule.filters().onRequest(Requests.get("http://a/openai/v1/models"), match.prefixSegments()),
                        match.prefixSegments());
        assertThat(rule.ref()).isEqualTo(new RouteRef("default/r", "chat"));
        assertThat(sent.path()).isEqualTo("/v1/models");
        assertThat(sent.headers()).hasToString("X-Rule: 1\nX-Backend: 2\n");
        assertThat(destination.target()).isEqualTo("openai");
        assertThat(destination.mirrors()).containsExactly(new Mirror<>("copy", 1, 8));
        assertThat(rule.mirrors()).containsExactly(new Mirror<>("shadow", 5, 100));
        assertThat(rule.timeouts()).isEqualTo(new Timeouts(9_000_000_000L, 3_000_000_000L));
        assertThat(rule.retry()).isEqualTo(new RetryPolicy(2, Set.of(503), 25_000_000));
        assertThat(rule.extensions()).containsExactly(EXTENSION);
    }

    @Test
    void compilesEachKindOfFilter() {
        Filter response = filter(FilterType.ResponseHeaderModifier, modifier(new HeaderValue("X-Out", "1")));
        Filter cors = filter(FilterType.CORS, cors("https://*.example"));
        RouteTable<Rule<String>> table = only(rule(List.of(), List.of(response, cors), backend("b", 1)));
        Headers headers = new Headers();
        Request request = Requests.get("http://a/", "Origin", "https://app.example");
        table.match(request).rule().filters().onResponse(request, headers);
        assertThat(headers).hasToString("Access-Control-Allow-Origin: https://app.example\nVary: Origin\nX-Out: 1\n");
    }

    @Test
    void needsNoBackendForARedirect() {
        Match<Rule<String>> match = only(rule(List.of(), List.of(REDIRECT))).match(Requests.get("http://a/x"));
        DirectAnswer answer =
                match.rule().filters().answer(Requests.get("http://a/x"), 0, 80).orElseThrow();
        assertThat(answer.headers().first(HeaderName.LOCATION)).contains("https://a/x");
    }

    @Test
    void namesRulesWithoutANameByTheirIndex() {
        HttpRoute.Rule nameless = new HttpRoute.Rule(
                Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
        CompiledRoute<Rule<String>> route =
                new RouteCompiler<>(Routes.REFERENCES).compile(route("r", List.of(), nameless, nameless));
        assertThat(route.name()).isEqualTo("default/r");
        assertThat(route.rules()).extracting(rule -> rule.ref().rule()).containsExactly("0", "1");
        assertThat(route.rules().getFirst().timeouts()).isEqualTo(Timeouts.NONE);
        assertThat(route.rules().getFirst().retry()).isEqualTo(RetryPolicy.NONE);
    }

    @Test
    void mapsEachRuleOnce() {
        CompiledRoute<Rule<String>> route = new RouteCompiler<>(Routes.REFERENCES)
                .compile(route("r", List.of(), Routes.rule("a", match("/x"), match("/y"))));
        CompiledRoute<Object> mapped = route.map(rule -> new Object());
        RouteTable<Object> table = RouteTable.of(List.of(mapped));
        assertThat(table.match(Requests.get("http://a/x")).rule())
                .isSameAs(table.match(Requests.get("http://a/y")).rule());
    }

    @Test
    void skipsAMirrorThatLeadsNowhere() {
        Filter lost = mirror(backend("missing", 1), Optional.empty(), Optional.empty());
        RouteTable<Rule<String>> table = only(rule(List.of(), List.of(lost), backend("b", 1)));
        assertThat(table.match(Requests.get("http://a/")).rule().mirrors()).isEmpty();
    }

    @Test
    void takesFixedAnswersFromReferences() {
        RouteCompiler<String> compiler = new RouteCompiler<>(answering());
        CompiledRoute<Rule<String>> route =
                compiler.compile(route("r", List.of(), rule(List.of(), List.of(extension()))));
        Rule<String> rule = route.rules().getFirst();
        assertThat(compiler.problems()).isEmpty();
        assertThat(rule.extensions()).isEmpty();
        assertThat(rule.filters().answer(Requests.get("http://a/"), 0, 80))
                .map(DirectAnswer::status)
                .contains(418);
    }

    @Test
    void refusesASecondAnswer() {
        RouteCompiler<String> compiler = new RouteCompiler<>(answering());
        compiler.compile(route("r", List.of(), rule(List.of(), List.of(REDIRECT, extension()))));
        assertThat(compiler.problems())
                .containsExactly(new CompileProblem(
                        "default/r",
                        "spec.rules[0].filters[1]",
                        "the rule answers already: one redirect or direct response per rule"));
    }

    @Test
    void collectsAllProblemsWithTheirPlaces() {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        compiler.compile(route(
                "r",
                List.of("good.example", "bad.example:80", "a.".repeat(130) + "example"),
                rule(List.of(match("~/(?=x)")), List.of(), backend("b", 1)),
                rule(List.of(), List.of(redirect(Optional.of("ftp"), 200)), backend("b", -1))));
        assertThat(compiler.problems())
                .extracting(CompileProblem::path)
                .containsExactly(
                        "spec.rules[0].matches[0].path.value",
                        "spec.rules[1].filters[0].requestRedirect.scheme",
                        "spec.rules[1].filters[0].requestRedirect.statusCode",
                        "spec.rules[1]",
                        "spec.rules[1].backendRefs[0].weight",
                        "spec.hostnames[1]",
                        "spec.hostnames[2]");
        assertThat(compiler.problems().getFirst())
                .asString()
                .startsWith("HTTPRoute default/r: spec.rules[0].matches[0].path.value: is not a regular expression in "
                        + "RE2 syntax (no look-around, no back-references): ");
    }

    @Test
    void letsARuleWithAProblemFailInsteadOfGivingItsRequestsToAnother() {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        CompiledRoute<Rule<String>> route = compiler.compile(route(
                "r",
                List.of(),
                Routes.rule("open", match("/")),
                rule(List.of(match("/admin")), List.of(headers("Bad Name", "1")), backend("b", 1))));
        Rule<String> rule = RouteTable.of(List.of(route))
                .match(Requests.get("http://a/admin"))
                .rule();
        assertThatThrownBy(() -> rule.backends().choose())
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(500));
    }

    private static References<String> answering() {
        return new References<>() {
            @Override
            public Optional<String> backend(String namespace, BackendRef ref) {
                return Optional.empty();
            }

            @Override
            public Optional<DirectResponse> directResponse(String namespace, ExtensionRef ref) {
                return Optional.of(new DirectResponse(418, new Headers(), ""));
            }
        };
    }
}
