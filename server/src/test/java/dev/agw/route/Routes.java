package dev.agw.route;

import dev.agw.policy.DirectResponse;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.ExtensionRef;
import dev.agw.resource.HttpRoute.Filter;
import dev.agw.resource.HttpRoute.FilterType;
import dev.agw.resource.HttpRoute.PathMatch;
import dev.agw.resource.HttpRoute.PathMatchType;
import dev.agw.resource.HttpRoute.ValueMatch;
import dev.agw.resource.HttpRoute.ValueMatchType;
import dev.agw.resource.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// HTTPRoutes for tests, without the noise of absent fields.
final class Routes {
    /// Every backend exists under its own name, save those called `missing`; no reference is a fixed answer.
    static final References<String> REFERENCES = new References<>() {
        @Override
        public Optional<String> backend(String namespace, BackendRef ref) {
            return Optional.of(ref.name()).filter(name -> !name.equals("missing"));
        }

        @Override
        public Optional<DirectResponse> directResponse(String namespace, ExtensionRef ref) {
            return Optional.empty();
        }
    };

    private Routes() {}

    static HttpRoute route(String name, List<String> hostnames, HttpRoute.Rule... rules) {
        Metadata metadata = new Metadata(name, "default", Map.of(), Map.of());
        return new HttpRoute(metadata, new HttpRoute.Spec(List.of(), hostnames, List.of(rules)));
    }

    /// A rule named `name`, with one backend of that name.
    static HttpRoute.Rule rule(String name, HttpRoute.Match... matches) {
        return rule(name, List.of(matches), List.of(), List.of(backend(name, 1)));
    }

    static HttpRoute.Rule rule(
            String name, List<HttpRoute.Match> matches, List<Filter> filters, List<BackendRef> backends) {
        return new HttpRoute.Rule(Optional.of(name), matches, filters, backends, Optional.empty(), Optional.empty());
    }

    static BackendRef backend(String name, int weight, Filter... filters) {
        return new BackendRef(
                Optional.empty(), Optional.empty(), Optional.empty(), name, Optional.empty(), weight, List.of(filters));
    }

    /// A match from words: `=/exact`, `/prefix`, `~regex`, an upper-case method, `header:value`, `header:~regex`,
    /// `?name=value`, `?name=~regex`.
    static HttpRoute.Match match(String... words) {
        Optional<PathMatch> path = Optional.empty();
        Optional<String> method = Optional.empty();
        List<ValueMatch> headers = new ArrayList<>();
        List<ValueMatch> parameters = new ArrayList<>();
        for (String word : words) {
            switch (word.charAt(0)) {
                case '=' -> path = Optional.of(new PathMatch(PathMatchType.Exact, word.substring(1)));
                case '/' -> path = Optional.of(new PathMatch(PathMatchType.PathPrefix, word));
                case '~' -> path = Optional.of(new PathMatch(PathMatchType.RegularExpression, word.substring(1)));
                case '?' -> parameters.add(value(word.substring(1), '='));
                default -> {
                    if (word.indexOf(':') > 0) {
                        headers.add(value(word, ':'));
                    } else {
                        method = Optional.of(word);
                    }
                }
            }
        }
        return new HttpRoute.Match(path, headers, parameters, method);
    }

    /// A match from words in one line, parted by spaces.
    static HttpRoute.Match matchLine(String line) {
        return match(line.split(" "));
    }

    static HttpRoute.Match[] matches(String... lines) {
        return Arrays.stream(lines).map(Routes::matchLine).toArray(HttpRoute.Match[]::new);
    }

    private static ValueMatch value(String word, char separator) {
        int at = word.indexOf(separator);
        String value = word.substring(at + 1);
        return value.startsWith("~")
                ? new ValueMatch(ValueMatchType.RegularExpression, word.substring(0, at), value.substring(1))
                : new ValueMatch(ValueMatchType.Exact, word.substring(0, at), value);
    }

    /// A filter of `type` that has the one section given, whichever it belongs to.
    static Filter filter(FilterType type, Object section) {
        return new Filter(
                type,
                type == FilterType.RequestHeaderModifier
                        ? only(HttpRoute.HeaderModifier.class, section)
                        : Optional.empty(),
                type == FilterType.ResponseHeaderModifier
                        ? only(HttpRoute.HeaderModifier.class, section)
                        : Optional.empty(),
                only(HttpRoute.Redirect.class, section),
                only(HttpRoute.UrlRewrite.class, section),
                only(HttpRoute.Mirror.class, section),
                only(HttpRoute.Cors.class, section),
                only(ExtensionRef.class, section));
    }

    private static <S> Optional<S> only(Class<S> type, Object section) {
        return Optional.of(section).filter(type::isInstance).map(type::cast);
    }

    /// The routes compiled, each rule as its name; fails on problems.
    static List<CompiledRoute<String>> compile(HttpRoute... routes) {
        RouteCompiler<String> compiler = new RouteCompiler<>(REFERENCES);
        List<CompiledRoute<String>> compiled = Arrays.stream(routes)
                .map(route -> compiler.compile(route).map(rule -> rule.ref().rule()))
                .toList();
        if (!compiler.problems().isEmpty()) {
            throw new AssertionError(compiler.problems());
        }
        return compiled;
    }
}
