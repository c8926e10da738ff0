package dev.agw.route;

import static dev.agw.route.Routes.filter;

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
import java.util.List;
import java.util.Optional;

/// Filters for tests, without the noise of absent fields.
final class Filters {
    static final Filter STRIP = rewrite(PathModifierType.ReplacePrefixMatch, "/");
    static final Filter REDIRECT = redirect(Optional.of("https"), 302);
    static final Filter ADD = headers("X-Rule", "1");
    static final ExtensionRef EXTENSION = new ExtensionRef("agw.dev", "TrafficPolicy", "limits");

    private Filters() {}

    static HeaderModifier modifier(HeaderValue field) {
        return new HeaderModifier(List.of(field), List.of(), List.of());
    }

    static Filter headers(String name, String value) {
        return filter(FilterType.RequestHeaderModifier, modifier(new HeaderValue(name, value)));
    }

    static Filter rewrite(PathModifierType type, String path) {
        boolean full = type == PathModifierType.ReplaceFullPath;
        return rewrite(new PathModifier(
                type, full ? Optional.of(path) : Optional.empty(), full ? Optional.empty() : Optional.of(path)));
    }

    static Filter rewrite(PathModifier path) {
        return filter(FilterType.URLRewrite, new UrlRewrite(Optional.empty(), Optional.of(path)));
    }

    static Filter redirect(Optional<String> scheme, int status) {
        return filter(
                FilterType.RequestRedirect,
                new Redirect(scheme, Optional.empty(), Optional.empty(), Optional.empty(), status));
    }

    static Filter mirror(BackendRef ref, Optional<Integer> percent, Optional<Fraction> fraction) {
        return filter(FilterType.RequestMirror, new HttpRoute.Mirror(ref, percent, fraction));
    }

    static HttpRoute.Cors cors(String origin) {
        return new HttpRoute.Cors(List.of(origin), false, List.of(), List.of(), List.of(), 5);
    }

    static Filter extension() {
        return filter(FilterType.ExtensionRef, EXTENSION);
    }
}
