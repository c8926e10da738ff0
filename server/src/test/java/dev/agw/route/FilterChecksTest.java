package dev.agw.route;

import static dev.agw.route.Compiling.assertPlaces;
import static dev.agw.route.Compiling.rule;
import static dev.agw.route.Filters.ADD;
import static dev.agw.route.Filters.REDIRECT;
import static dev.agw.route.Filters.STRIP;
import static dev.agw.route.Filters.cors;
import static dev.agw.route.Filters.extension;
import static dev.agw.route.Filters.headers;
import static dev.agw.route.Filters.mirror;
import static dev.agw.route.Filters.redirect;
import static dev.agw.route.Filters.rewrite;
import static dev.agw.route.Routes.backend;
import static dev.agw.route.Routes.filter;
import static dev.agw.route.Routes.match;

import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.Filter;
import dev.agw.resource.HttpRoute.FilterType;
import dev.agw.resource.HttpRoute.Fraction;
import dev.agw.resource.HttpRoute.HeaderModifier;
import dev.agw.resource.HttpRoute.HeaderValue;
import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import dev.agw.resource.HttpRoute.Redirect;
import dev.agw.resource.HttpRoute.UrlRewrite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters that cannot be kept are told with their place.
class FilterChecksTest {
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

    private static HttpRoute.Rule mirrored(Filter mirror) {
        return rule(List.of(), List.of(mirror), backend("b", 1));
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
}
