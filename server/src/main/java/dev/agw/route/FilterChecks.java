package dev.agw.route;

import com.google.re2j.Pattern;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.Filter;
import dev.agw.resource.HttpRoute.FilterType;
import dev.agw.resource.HttpRoute.HeaderValue;
import dev.agw.resource.HttpRoute.PathModifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What Gateway API asks of filters, and what the wire asks of the values in them.
final class FilterChecks {
    private static final Set<FilterType> REPEATABLE = EnumSet.of(FilterType.RequestMirror, FilterType.ExtensionRef);
    private static final Set<Integer> REDIRECT_STATUSES = Set.of(301, 302, 303, 307, 308);

    /// Fields that belong to the connection or say where a message ends: set by a route they would desync it.
    private static final Set<String> NOT_FOR_ROUTES = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
    private static final Pattern FIELD_VALUE = Pattern.compile("[^\\x00\\r\\n]*");
    private static final Pattern HOST = Pattern.compile("[-_0-9A-Za-z]+(?:\\.[-_0-9A-Za-z]+)*");
    private static final Pattern TARGET_PATH = Pattern.compile("/[^\\x00-\\x20\\x7f?#]*");
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|[A-Za-z][-+.A-Za-z0-9]*://(?:\\*|(?:\\*\\.)?[-_.A-Za-z0-9]+)(?::[0-9]{1,5})?");
    private static final Pattern ORIGIN_ANY_PORT = Pattern.compile("[A-Za-z][-+.A-Za-z0-9]*://[-_.A-Za-z0-9]+:\\*");

    private FilterChecks() {}

    /// Reports filters that may not stand in one list.
    static void together(List<Filter> filters, Place place) {
        Set<FilterType> seen = EnumSet.noneOf(FilterType.class);
        for (int i = 0; i < filters.size(); i++) {
            FilterType type = filters.get(i).type();
            if (!seen.add(type) && !REPEATABLE.contains(type)) {
                place.item(i).problem("is a second " + type + "; one per list is allowed");
            }
        }
        if (seen.contains(FilterType.RequestRedirect) && seen.contains(FilterType.URLRewrite)) {
            place.problem("has both RequestRedirect and URLRewrite; a redirected request is never rewritten");
        }
    }

    /// Reports what is wrong with one filter; false if it is unusable.
    static boolean alone(Filter filter, Place place) {
        int before = place.problems().size();
        switch (filter.type()) {
            case RequestHeaderModifier ->
                section(filter.requestHeaderModifier(), place.at("requestHeaderModifier"), FilterChecks::requestFields);
            case ResponseHeaderModifier ->
                section(filter.responseHeaderModifier(), place.at("responseHeaderModifier"), FilterChecks::fields);
            case RequestRedirect ->
                section(filter.requestRedirect(), place.at("requestRedirect"), FilterChecks::redirect);
            case URLRewrite -> section(filter.urlRewrite(), place.at("urlRewrite"), FilterChecks::rewrite);
            case RequestMirror -> section(filter.requestMirror(), place.at("requestMirror"), FilterChecks::mirror);
            case CORS -> section(filter.cors(), place.at("cors"), FilterChecks::cors);
            case ExtensionRef -> section(filter.extensionRef(), place.at("extensionRef"), (ref, at) -> {});
        }
        return place.problems().size() == before;
    }

    private interface Check<S> {
        void check(S section, Place place);
    }

    // An Optional as parameter, for once: it is a field of the manifest on its way to the check.
    private static <S> void section(Optional<S> section, Place place, Check<S> check) {
        section.ifPresentOrElse(
                present -> check.check(present, place), () -> place.problem("is missing; the type calls for it"));
    }

    private static void requestFields(HttpRoute.HeaderModifier modifier, Place place) {
        fields(modifier, place);
        modifier.set().forEach(field -> host(field.name(), place.at("set")));
        modifier.add().forEach(field -> host(field.name(), place.at("add")));
        modifier.remove().forEach(name -> host(name, place.at("remove")));
    }

    private static void host(String name, Place place) {
        if (name.equalsIgnoreCase("host")) {
            place.problem("Host is changed by a URLRewrite with hostname");
        }
    }

    private static void fields(HttpRoute.HeaderModifier modifier, Place place) {
        modifier.set().forEach(field -> field(field, place.at("set")));
        modifier.add().forEach(field -> field(field, place.at("add")));
        modifier.remove().forEach(name -> fieldName(name, place.at("remove")));
    }

    private static void field(HeaderValue field, Place place) {
        fieldName(field.name(), place);
        if (!FIELD_VALUE.matches(field.value())) {
            place.problem("value of " + field.name() + " holds CR, LF or NUL");
        }
    }

    private static void fieldName(String name, Place place) {
        if (!TOKEN.matches(name)) {
            place.problem("'" + name + "' is not a field name");
        } else if (NOT_FOR_ROUTES.contains(name.toLowerCase(Locale.ROOT))) {
            place.problem(name + " belongs to the connection; a route cannot change it");
        }
    }

    private static void redirect(HttpRoute.Redirect redirect, Place place) {
        redirect.path().ifPresent(path -> path(path, place.at("path")));
        redirect.hostname().ifPresent(host -> hostname(host, place.at("hostname")));
        redirect.scheme()
                .filter(scheme -> !Set.of("http", "https").contains(scheme))
                .ifPresent(scheme -> place.at("scheme").problem("must be http or https"));
        redirect.port()
                .filter(port -> port < 1 || port > 65_535)
                .ifPresent(port -> place.at("port").problem("must be from 1 to 65535"));
        if (!REDIRECT_STATUSES.contains(redirect.statusCode())) {
            place.at("statusCode").problem("must be 301, 302, 303, 307 or 308");
        }
    }

    private static void rewrite(HttpRoute.UrlRewrite rewrite, Place place) {
        rewrite.path().ifPresent(path -> path(path, place.at("path")));
        rewrite.hostname().ifPresent(host -> hostname(host, place.at("hostname")));
    }

    private static void hostname(String host, Place place) {
        if (!HOST.matches(host)) {
            place.problem("is not a hostname without wildcard and port");
        }
    }

    private static void path(PathModifier modifier, Place place) {
        switch (modifier.type()) {
            case ReplaceFullPath ->
                target(modifier.replaceFullPath(), modifier.replacePrefixMatch().isPresent(), place, "replaceFullPath");
            case ReplacePrefixMatch ->
                target(
                        modifier.replacePrefixMatch(),
                        modifier.replaceFullPath().isPresent(),
                        place,
                        "replacePrefixMatch");
        }
    }

    private static void target(Optional<String> path, boolean otherToo, Place place, String field) {
        if (path.isEmpty() || otherToo) {
            place.problem("must have " + field + " and nothing else beside its type");
        } else if (!path.get().isEmpty() && !TARGET_PATH.matches(path.get())) {
            place.at(field).problem("must start with / and hold no query");
        }
    }

    private static void mirror(HttpRoute.Mirror mirror, Place place) {
        if (mirror.percent().isPresent() && mirror.fraction().isPresent()) {
            place.problem("has both percent and fraction");
        }
        mirror.percent()
                .filter(percent -> percent < 0 || percent > 100)
                .ifPresent(percent -> place.at("percent").problem("must be from 0 to 100"));
        mirror.fraction()
                .filter(share ->
                        share.denominator() < 1 || share.numerator() < 0 || share.numerator() > share.denominator())
                .ifPresent(share -> place.at("fraction").problem("must be a share from 0 to 1"));
    }

    private static void cors(HttpRoute.Cors cors, Place place) {
        for (int i = 0; i < cors.allowOrigins().size(); i++) {
            String origin = cors.allowOrigins().get(i);
            if (!ORIGIN.matches(origin) && !ORIGIN_ANY_PORT.matches(origin)) {
                place.at("allowOrigins").item(i).problem("is not an origin: scheme://host, scheme://*.host or *");
            }
        }
        tokens(cors.allowMethods(), place.at("allowMethods"));
        tokens(cors.allowHeaders(), place.at("allowHeaders"));
        tokens(cors.exposeHeaders(), place.at("exposeHeaders"));
    }

    private static void tokens(List<String> names, Place place) {
        for (int i = 0; i < names.size(); i++) {
            if (!TOKEN.matches(names.get(i))) {
                place.item(i).problem("is not a method or field name");
            }
        }
    }
}
