package dev.agw.route;

import static dev.agw.route.Routes.compile;
import static dev.agw.route.Routes.matches;
import static dev.agw.route.Routes.route;
import static dev.agw.route.Routes.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Request;
import dev.agw.policy.Requests;
import dev.agw.resource.HttpRoute;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    @ParameterizedTest
    @CsvSource({
        "a.example.com,      exact",
        "A.Example.COM,      exact",
        "a.example.com:8080, exact",
        "a.example.com.,     exact",
        "b.example.com,      wildcard",
        "x.b.example.com,    wildcard",
        "x.sub.example.com,  longer",
        "y.x.sub.example.com, longer",
        "sub.example.com,    wildcard",
        "example.com,        any",
        ".example.com,       any",
        "badexample.com,     any",
        "other.org,          any",
        "[::1]:8080,         any",
        "'',                 any",
    })
    void prefersTheExactHostThenTheLongestWildcardThenNone(String host, String expected) {
        RouteTable<String> table = RouteTable.of(compile(
                route("r1", List.of(), rule("any")),
                route("r2", List.of("*.example.com"), rule("wildcard")),
                route("r3", List.of("*.sub.example.com"), rule("longer")),
                route("r4", List.of("A.example.com"), rule("exact"))));
        assertThat(find(table, Requests.get("http://" + host + "/"))).isEqualTo(expected);
    }

    @Test
    void asksLessSpecificHostsIfNothingOfAMoreSpecificOneFits() {
        RouteTable<String> table = RouteTable.of(compile(
                route("r1", List.of(), rule("any", matches("/any"))),
                route("r2", List.of("*.com"), rule("short", matches("/short"))),
                route("r3", List.of("*.example.com"), rule("long", matches("/long"))),
                route("r4", List.of("a.example.com"), rule("exact", matches("/exact")))));
        for (String name : List.of("any", "short", "long", "exact")) {
            assertThat(find(table, Requests.get("http://a.example.com/" + name)))
                    .isEqualTo(name);
        }
        assertNotFound(table, Requests.get("http://a.example.com/none"));
    }

    @Test
    void walksNoLabelsOfAHostThatIsTooLongForDns() {
        RouteTable<String> table = RouteTable.of(
                compile(route("r1", List.of(), rule("any")), route("r2", List.of("*.com"), rule("wildcard"))));
        assertThat(find(table, Requests.get("http://" + "a.".repeat(125) + "com/")))
                .isEqualTo("wildcard");
        assertThat(find(table, Requests.get("http://" + "a.".repeat(126) + "com/")))
                .isEqualTo("any");
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, a.example.com,   found",
        "*.example.com, a.b.example.com, found",
        "*.example.com, example.com,     none",
        "*.example.com, a.example.org,   none",
        "a.example.com, a.example.com,   found",
        "a.example.com, b.example.com,   none",
        "'',            b.example.com,   found",
    })
    void servesTheHostsOfItsListenerAlone(String listener, String host, String expected) {
        RouteTable<String> table = RouteTable.of(listener, compile(route("r", List.of(), rule("found"))));
        if (expected.equals("none")) {
            assertNotFound(table, Requests.get("http://" + host + "/"));
        } else {
            assertThat(find(table, Requests.get("http://" + host + "/"))).isEqualTo(expected);
        }
    }

    @Test
    void keepsThePrecedenceOfRouteHostsUnderAListenerHost() {
        RouteTable<String> table = RouteTable.of(
                "a.example.com",
                compile(
                        route("r1", List.of("*.com"), rule("broad")),
                        route("r2", List.of("*.example.com"), rule("narrow")),
                        route("r3", List.of("b.example.com"), rule("other"))));
        assertThat(find(table, Requests.get("http://a.example.com/"))).isEqualTo("narrow");
    }

    @ParameterizedTest
    @CsvSource({
        "/foo,      /foo,      true",
        "/foo,      /foo/,     true",
        "/foo,      /foo/bar,  true",
        "/foo,      /foobar,   false",
        "/foo,      /fo,       false",
        "/foo,      /Foo,      false",
        "/foo,      /,         false",
        "/foo/,     /foo,      true",
        "/foo/,     /foo/bar,  true",
        "/foo/,     /foobar,   false",
        "/foo/bar,  /foo,      false",
        "/foo/bar,  /foo//bar, false",
        "/,         /,         true",
        "/,         /any/path, true",
        "/,         *,         true",
        "/foo,      *,         false",
        "=/foo,     /foo,      true",
        "=/foo,     /foo/,     false",
        "=/foo,     /foo/bar,  false",
        "=/,        /,         true",
        "=/,        /x,        false",
        "~/u/[0-9]+, /u/12,    true",
        "~/u/[0-9]+, /u/12/x,  false",
        "~/u/[0-9]+, /x/u/12,  false",
        "/a b,      /a%20b,    true",
    })
    void matchesPaths(String pattern, String path, boolean expected) {
        String encoded = pattern.replace("a b", "a%20b");
        RouteTable<String> table = RouteTable.of(compile(route("r", List.of(), rule("found", matches(encoded)))));
        Request request = Requests.get("http://a/").withTarget(path, "");
        if (expected) {
            assertThat(find(table, request)).isEqualTo("found");
        } else {
            assertNotFound(table, request);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/%66oo,     /foo",
        "/f%6F%6f,   /foo",
        "/~user,     /%7Euser",
        "/a%2fb,     /a%2Fb",
    })
    void takesEquivalentSpellingsForOne(String path, String pattern) {
        RouteTable<String> exact = RouteTable.of(compile(route("r", List.of(), rule("found", matches("=" + pattern)))));
        RouteTable<String> prefix = RouteTable.of(compile(route("r", List.of(), rule("found", matches(pattern)))));
        assertThat(find(exact, Requests.get("http://a" + path))).isEqualTo("found");
        assertThat(find(prefix, Requests.get("http://a" + path + "/more"))).isEqualTo("found");
    }

    @Test
    void showsRegularExpressionsTheDecodedPath() {
        RouteTable<String> table =
                RouteTable.of(compile(route("r", List.of(), rule("found", matches("~/(admin|root)")))));
        assertThat(find(table, Requests.get("http://a/%61dmin"))).isEqualTo("found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/%2e%2e/b", "/a/..%2fb", "/a%", "/a%0", "/a%zz", "/a%00"})
    void refusesPathsThatABackendMayReadDifferently(String path) {
        RouteTable<String> table = RouteTable.of(compile(route("r", List.of(), rule("found"))));
        assertThatThrownBy(() -> table.match(Requests.get("http://a" + path)))
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource({
        "/match,             exact",
        "/match/exact,       exact-deep",
        "/match/prefix,      prefix-deep",
        "/match/prefix/one,  prefix-deepest",
        "/match/prefix/1,    prefix-deep",
        "/match/any,         prefix",
        "/other,             root",
        "/digits/1,          root",
    })
    void prefersTheExactPathThenTheLongestPrefix(String path, String expected) {
        RouteTable<String> table = RouteTable.of(compile(route(
                "r",
                List.of(),
                rule("regex", matches("~/digits/[0-9]+", "~/match/.*")),
                rule("root", matches("/")),
                rule("prefix", matches("/match")),
                rule("prefix-deepest", matches("/match/prefix/one")),
                rule("prefix-deep", matches("/match/prefix/")),
                rule("exact", matches("=/match")),
                rule("exact-deep", matches("=/match/exact")))));
        assertThat(find(table, Requests.get("http://a" + path))).isEqualTo(expected);
    }

    @Test
    void fallsBackToRegularExpressionsBehindPrefixes() {
        RouteTable<String> table = RouteTable.of(compile(route(
                "r",
                List.of(),
                rule("prefix", matches("/v1/models")),
                rule("regex", matches("~/v1/.*")),
                rule("regex-method", matches("POST ~/v1/.*")))));
        assertThat(find(table, Requests.get("http://a/v1/models/x"))).isEqualTo("prefix");
        assertThat(find(table, Requests.get("http://a/v1/chat"))).isEqualTo("regex");
        assertThat(find(table, Requests.of("POST", "http://a/v1/chat"))).isEqualTo("regex-method");
        assertNotFound(table, Requests.get("http://a/v2"));
    }

    /// Each line beats the one below it for a request that fits all of them.
    @Test
    void prefersMethodThenMoreHeadersThenMoreParametersThenOrder() {
        List<String> ladder = List.of(
                "=/x GET a:1 b:2 ?p=1 ?q=2",
                "=/x GET a:1 b:2 ?p=1",
                "=/x GET a:1 b:2",
                "=/x GET a:1 ?p=1 ?q=2",
                "=/x GET",
                "=/x a:1 b:2 ?p=1",
                "=/x a:1 ?p=1 ?q=2",
                "=/x ?p=1",
                "=/x",
                "/x GET a:1 b:2 ?p=1 ?q=2",
                "/x a:1",
                "/x",
                "/ GET",
                "/",
                "~/.* GET",
                "~/.*");
        Request request = Requests.get("http://h/x?p=1&q=2", "a", "1", "b", "2");
        for (int best = 0; best < ladder.size(); best++) {
            List<String> rest = ladder.subList(best, ladder.size());
            HttpRoute.Rule[] rules = rest.reversed().stream()
                    .map(line -> rule(line, matches(line)))
                    .toArray(HttpRoute.Rule[]::new);
            assertThat(find(RouteTable.of(compile(route("r", List.of(), rules))), request))
                    .isEqualTo(rest.getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  '',      '',    prefix",
        "POST, '',      '',    exact-post",
        "GET,  v:1,     '',    exact-header",
        "POST, v:1,     '',    exact-post",
        "GET,  v:2,     ?d=1,  exact-parameter",
        "PUT,  w:x-9,   '',    exact-regex",
        "PUT,  w:x-9y,  '',    prefix",
        "HEAD, '',      ?e=aab, exact-parameter-regex",
    })
    void triesEveryCandidateUntilItsConditionsHold(String method, String header, String query, String expected) {
        RouteTable<String> table = RouteTable.of(compile(route(
                "r",
                List.of(),
                rule("prefix", matches("/x")),
                rule("exact-parameter", matches("=/x ?d=1")),
                rule("exact-parameter-regex", matches("=/x ?e=~a+b")),
                rule("exact-header", matches("=/x V:1")),
                rule("exact-regex", matches("=/x w:~x-[0-9]")),
                rule("exact-post", matches("=/x POST")))));
        String[] fields = header.isEmpty() ? new String[0] : header.split(":");
        assertThat(find(table, Requests.of(method, "http://a/x" + query, fields)))
                .isEqualTo(expected);
    }

    @Test
    void needsAllConditionsOfOneMatchAndAnyOfSeveral() {
        RouteTable<String> table =
                RouteTable.of(compile(route("r", List.of(), rule("found", matches("/ a:1 b:2", "/ c:3 ?p=1")))));
        assertThat(find(table, Requests.get("http://a/", "a", "1", "b", "2"))).isEqualTo("found");
        assertThat(find(table, Requests.get("http://a/?p=1", "c", "3"))).isEqualTo("found");
        assertNotFound(table, Requests.get("http://a/?p=1", "a", "1"));
        assertNotFound(table, Requests.get("http://a/", "a", "1", "b", "3"));
    }

    @Test
    void readsSeveralLinesOfAFieldAsOne() {
        RouteTable<String> table = RouteTable.of(compile(route("r", List.of(), rule("found", matches("/ v:~a,.b")))));
        assertThat(find(table, Requests.get("http://a/", "V", "a", "v", "b"))).isEqualTo("found");
        assertNotFound(table, Requests.get("http://a/", "V", "b", "v", "a"));
    }

    @Test
    void countsTheFirstOfSeveralConditionsOnOneName() {
        RouteTable<String> table =
                RouteTable.of(compile(route("r", List.of(), rule("found", matches("/ v:1 V:2 ?p=1 ?p=2")))));
        assertThat(find(table, Requests.get("http://a/?p=1", "v", "1"))).isEqualTo("found");
    }

    @Test
    void prefersTheOlderRouteThenTheFirstByName() {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        CompiledRoute<Rule<String>> young =
                compiler.compile(route("a", List.of(), rule("young")), Instant.ofEpochSecond(9));
        CompiledRoute<Rule<String>> old =
                compiler.compile(route("c", List.of(), rule("old")), Instant.ofEpochSecond(1));
        CompiledRoute<Rule<String>> alike =
                compiler.compile(route("b", List.of(), rule("alike")), Instant.ofEpochSecond(1));
        assertThat(ruleOf(List.of(young, old))).isEqualTo("old");
        assertThat(ruleOf(List.of(young, old, alike))).isEqualTo("alike");
    }

    @Test
    void prefersTheFirstOfEqualRules() {
        RouteTable<String> table = RouteTable.of(
                compile(route("r", List.of(), rule("first", matches("/x")), rule("second", matches("/x/")))));
        assertThat(find(table, Requests.get("http://a/x"))).isEqualTo("first");
    }

    @Test
    void mergesRulesOfSeveralRoutesForOneHost() {
        RouteTable<String> table = RouteTable.of(compile(
                route("r1", List.of("a.example"), rule("v1", matches("/", "/v2/example version:one"))),
                route("r2", List.of("a.example"), rule("v2", matches("/v2", "/ version:two")))));
        assertThat(find(table, Requests.get("http://a.example/"))).isEqualTo("v1");
        assertThat(find(table, Requests.get("http://a.example/example"))).isEqualTo("v1");
        assertThat(find(table, Requests.get("http://a.example/example", "version", "two")))
                .isEqualTo("v2");
        assertThat(find(table, Requests.get("http://a.example/v2"))).isEqualTo("v2");
        assertThat(find(table, Requests.get("http://a.example/v2example"))).isEqualTo("v1");
        assertThat(find(table, Requests.get("http://a.example/v2/example", "version", "one")))
                .isEqualTo("v1");
        assertThat(find(table, Requests.get("http://a.example/foo/v2/example"))).isEqualTo("v1");
    }

    @ParameterizedTest
    @CsvSource({"/a/b/c, 2", "/a/b, 2", "/x, 0", "/exact/path, 0"})
    void saysHowManySegmentsThePrefixMatched(String path, int expected) {
        RouteTable<String> table =
                RouteTable.of(compile(route("r", List.of(), rule("found", matches("/a/b/", "/", "=/exact/path")))));
        assertThat(table.match(Requests.get("http://a" + path)).prefixSegments())
                .isEqualTo(expected);
    }

    @Test
    void findsEachOfFiveThousandHostsAndPaths() {
        HttpRoute[] routes = new HttpRoute[5000];
        for (int i = 0; i < routes.length; i++) {
            routes[i] = i % 2 == 0
                    ? route("r" + i, List.of("h" + i + ".example"), rule("host" + i))
                    : route("r" + i, List.of("shared.example"), rule("path" + i, matches("/tenants/" + i)));
        }
        RouteTable<String> table = RouteTable.of(compile(routes));
        for (int i = 0; i < routes.length; i += 2) {
            assertThat(find(table, Requests.get("http://h" + i + ".example/x"))).isEqualTo("host" + i);
            assertThat(find(table, Requests.get("http://shared.example/tenants/" + (i + 1) + "/x")))
                    .isEqualTo("path" + (i + 1));
        }
    }

    private static String ruleOf(List<CompiledRoute<Rule<String>>> routes) {
        RouteTable<Rule<String>> table = RouteTable.of(routes);
        return table.match(Requests.get("http://a/")).rule().ref().rule();
    }

    private static String find(RouteTable<String> table, Request request) {
        return table.match(request).rule();
    }

    private static void assertNotFound(RouteTable<String> table, Request request) {
        assertThatThrownBy(() -> table.match(request))
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(404));
    }
}
