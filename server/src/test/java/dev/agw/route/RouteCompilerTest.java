package dev.agw.route;

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
import dev.agw.resource.HttpRoute.HeaderModifier;
import dev.agw.resource.HttpRoute.HeaderValue;
import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import dev.agw.resource.HttpRoute.Redirect;
import dev.agw.resource.HttpRoute.UrlRewrite;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCompilerTest {
    private static final Filter STRIP = rewrite(PathModifierType.ReplacePrefixMatch, "/");
    private static final Filter REDIRECT = redirect(Optional.of("https"), 302);
    private static final Filter ADD = headers("X-Rule", "1");
    private static final ExtensionRef EXTENSION = new ExtensionRef("agw.dev", "TrafficPolicy", "limits");

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
    void reportsFiltersThatCannotStandTogether() {
        assertPlaces(rule(List.of(), List.of(STRIP, ADD, STRIP, ADD), backend("b", 1)), "filters[2]", "filters[3]");
        assertPlaces(rule(List.of(), List.of(REDIRECT, STRIP)), "filters");
        assertPlaces(rule(List.of(), List.of(REDIRECT), backend("b", 1)), "");
    }

    @Test
    void reportsFiltersThatAreNotForBackends() {
        assertPlaces(
                rule(List.of(), List.of(), backend("b", 1, ADD, REDIRECT, extension())),
                "backendRefs[0].filters[1]",
                "backendRefs[0].filters[2]");
    }

    @Test
    void reportsPathModifiersThatContradictThemselves() {
        PathModifier empty = new PathModifier(PathModifierType.ReplaceFullPath, Optional.empty(), Optional.empty());
        PathModifier other =
                new PathModifier(PathModifierType.ReplacePrefixMatch, Optional.of("/a"), Optional.of("/b"));
        assertPlaces(rule(List.of(), List.of(rewrite(empty)), backend("b", 1)), "filters[0].urlRewrite.path");
        assertPlaces(rule(List.of(), List.of(rewrite(other)), backend("b", 1)), "filters[0].urlRewrite.path");
        assertPlaces(
                rule(List.of(), List.of(rewrite(PathModifierType.ReplaceFullPath, "/a?b")), backend("b", 1)),
                "filters[0].urlRewrite.path.replaceFullPath");
        assertPlaces(
                rule(List.of(), List.of(rewrite(PathModifierType.ReplacePrefixMatch, "a")), backend("b", 1)),
                "filters[0].urlRewrite.path.replacePrefixMatch");
    }

    @Test
    void asksForPrefixesWhereAPrefixIsReplaced() {
        assertPlaces(rule(List.of(match("/a"), match("=/b")), List.of(STRIP), backend("b", 1)), "");
        assertPlaces(rule(List.of(match("=/b")), List.of(), backend("b", 1, STRIP)), "");
        assertPlaces(rule(List.of(match("/a"), match("/b/c")), List.of(STRIP), backend("b", 1)));
        assertPlaces(
                rule(List.of(match("=/b")), List.of(rewrite(PathModifierType.ReplaceFullPath, "/c")), backend("b", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding", "Connection", "", "a b", "Host"})
    void reportsFieldsThatARouteMayNotChange(String name) {
        String place = "filters[0].requestHeaderModifier.";
        HeaderModifier all = new HeaderModifier(
                List.of(new HeaderValue(name, "1")), List.of(new HeaderValue(name, "1")), List.of(name));
        assertPlaces(
                rule(List.of(), List.of(filter(FilterType.RequestHeaderModifier, all)), backend("b", 1)),
                place + "set",
                place + "add",
                place + "remove");
    }

    @Test
    void reportsValuesThatWouldEndTheLine() {
        assertPlaces(
                rule(List.of(), List.of(headers("X-A", "1\r\nX-B: 2")), backend("b", 1)),
                "filters[0].requestHeaderModifier.set");
    }

    @Test
    void reportsRedirectsAndRewritesToNowhere() {
        Redirect redirect =
                new Redirect(Optional.empty(), Optional.of("*.example"), Optional.empty(), Optional.of(0), 302);
        assertPlaces(
                rule(List.of(), List.of(filter(FilterType.RequestRedirect, redirect))),
                "filters[0].requestRedirect.hostname",
                "filters[0].requestRedirect.port");
        assertPlaces(
                rule(
                        List.of(),
                        List.of(filter(FilterType.URLRewrite, new UrlRewrite(Optional.of("a:80"), Optional.empty()))),
                        backend("b", 1)),
                "filters[0].urlRewrite.hostname");
    }

    @Test
    void reportsSharesThatAreNone() {
        BackendRef shadow = backend("shadow", 1);
        String place = "filters[0].requestMirror";
        assertPlaces(mirrored(mirror(shadow, Optional.of(101), Optional.empty())), place + ".percent");
        assertPlaces(mirrored(mirror(shadow, Optional.of(1), Optional.of(new Fraction(1, 100)))), place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.example", "https://app.example/", "https://*app.example", "https://a.*.example", "*.example"
            })
    void reportsOriginsThatAreNone(String origin) {
        assertPlaces(
                rule(List.of(), List.of(filter(FilterType.CORS, cors(origin))), backend("b", 1)),
                "filters[0].cors.allowOrigins[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://app.example", "https://*.example:8443", "https://*", "http://localhost:*"})
    void takesOrigins(String origin) {
        assertPlaces(rule(List.of(), List.of(filter(FilterType.CORS, cors(origin))), backend("b", 1)));
    }

    @Test
    void reportsNamesThatNoCorsFieldCanHold() {
        HttpRoute.Cors cors =
                new HttpRoute.Cors(List.of("*"), false, List.of("GET", "P T"), List.of("a,b"), List.of(""), 5);
        assertPlaces(
                rule(List.of(), List.of(filter(FilterType.CORS, cors)), backend("b", 1)),
                "filters[0].cors.allowMethods[1]",
                "filters[0].cors.allowHeaders[0]",
                "filters[0].cors.exposeHeaders[0]");
    }

    @Test
    void reportsTimeoutsThatCannotBeKept() {
        assertPlaces(timed(Duration.ofSeconds(1), Duration.ofSeconds(2)), "timeouts.backendRequest");
        assertPlaces(timed(Duration.ofSeconds(-1), Duration.ZERO), "timeouts");
        assertPlaces(timed(Duration.ZERO, Duration.ofSeconds(2)));
    }

    @Test
    void reportsRetriesThatMakeNoSense() {
        HttpRoute.Retry retry = new HttpRoute.Retry(List.of(200), -1, Duration.ofMillis(-1));
        HttpRoute.Rule rule = new HttpRoute.Rule(
                Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Optional.of(retry));
        assertPlaces(rule, "retry.attempts", "retry.backoff", "retry.codes");
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

    private static RouteTable<Rule<String>> only(HttpRoute.Rule rule) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        CompiledRoute<Rule<String>> route = compiler.compile(route("r", List.of(), rule));
        assertThat(compiler.problems()).isEmpty();
        return RouteTable.of(List.of(route));
    }

    private static List<CompileProblem> problems(HttpRoute.Rule rule) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        compiler.compile(route("r", List.of(), rule));
        return compiler.problems();
    }

    /// @param places below the rule; empty for the rule itself
    private static void assertPlaces(HttpRoute.Rule rule, String... places) {
        assertThat(problems(rule))
                .extracting(CompileProblem::path)
                .containsExactlyElementsOf(Arrays.stream(places)
                        .map(place -> place.isEmpty() ? "spec.rules[0]" : "spec.rules[0]." + place)
                        .toList());
    }

    private static HttpRoute.Rule rule(List<HttpRoute.Match> matches, List<Filter> filters, BackendRef... backends) {
        return Routes.rule("rule", matches, filters, List.of(backends));
    }

    private static HttpRoute.Rule mirrored(Filter mirror) {
        return rule(List.of(), List.of(mirror), backend("b", 1));
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

    private static HeaderModifier modifier(HeaderValue field) {
        return new HeaderModifier(List.of(field), List.of(), List.of());
    }

    private static Filter headers(String name, String value) {
        return filter(FilterType.RequestHeaderModifier, modifier(new HeaderValue(name, value)));
    }

    private static Filter rewrite(PathModifierType type, String path) {
        boolean full = type == PathModifierType.ReplaceFullPath;
        return rewrite(new PathModifier(
                type, full ? Optional.of(path) : Optional.empty(), full ? Optional.empty() : Optional.of(path)));
    }

    private static Filter rewrite(PathModifier path) {
        return filter(FilterType.URLRewrite, new UrlRewrite(Optional.empty(), Optional.of(path)));
    }

    private static Filter redirect(Optional<String> scheme, int status) {
        return filter(
                FilterType.RequestRedirect,
                new Redirect(scheme, Optional.empty(), Optional.empty(), Optional.empty(), status));
    }

    private static Filter mirror(BackendRef ref, Optional<Integer> percent, Optional<Fraction> fraction) {
        return filter(FilterType.RequestMirror, new HttpRoute.Mirror(ref, percent, fraction));
    }

    private static HttpRoute.Cors cors(String origin) {
        return new HttpRoute.Cors(List.of(origin), false, List.of(), List.of(), List.of(), 5);
    }

    private static Filter extension() {
        return filter(FilterType.ExtensionRef, EXTENSION);
    }
}
