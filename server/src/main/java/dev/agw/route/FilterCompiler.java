package dev.agw.route;

import dev.agw.policy.Cors;
import dev.agw.policy.DirectResponse;
import dev.agw.policy.Filter;
import dev.agw.policy.FilterChain;
import dev.agw.policy.Mirror;
import dev.agw.policy.Redirect;
import dev.agw.policy.RequestHeaderModifier;
import dev.agw.policy.ResponseHeaderModifier;
import dev.agw.policy.UrlRewrite;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.ExtensionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one list of filters, of a rule or of a backendRef, ready to apply. Used once.
///
/// @param <T> the caller's handle of a backend
final class FilterCompiler<T> {
    private final References<T> references;
    private final String namespace;
    private final List<Filter> filters = new ArrayList<>();
    private final List<Mirror<T>> mirrors = new ArrayList<>();
    private final List<ExtensionRef> extensions = new ArrayList<>();

    /// What became of a list of filters.
    record Compiled<T>(FilterChain chain, List<Mirror<T>> mirrors, List<ExtensionRef> extensions) {}

    FilterCompiler(References<T> references, String namespace) {
        this.references = references;
        this.namespace = namespace;
    }

    /// @param place of the list; a filter with a problem is left out
    Compiled<T> compile(List<HttpRoute.Filter> list, Place place) {
        FilterChecks.together(list, place);
        for (int i = 0; i < list.size(); i++) {
            if (FilterChecks.alone(list.get(i), place.item(i))) {
                add(list.get(i), place.item(i));
            }
        }
        return new Compiled<>(FilterChain.of(filters), List.copyOf(mirrors), List.copyOf(extensions));
    }

    private void add(HttpRoute.Filter filter, Place place) {
        switch (filter.type()) {
            case RequestHeaderModifier ->
                filter.requestHeaderModifier().map(RequestHeaderModifier::new).ifPresent(filters::add);
            case ResponseHeaderModifier ->
                filter.responseHeaderModifier().map(ResponseHeaderModifier::new).ifPresent(filters::add);
            case RequestRedirect -> filter.requestRedirect().map(Redirect::new).ifPresent(filters::add);
            case URLRewrite -> filter.urlRewrite().map(UrlRewrite::new).ifPresent(filters::add);
            case RequestMirror -> filter.requestMirror().flatMap(this::mirror).ifPresent(mirrors::add);
            case CORS -> filter.cors().map(Cors::new).ifPresent(filters::add);
            case ExtensionRef -> filter.extensionRef().ifPresent(ref -> addExtension(ref, place));
        }
    }

    // A mirror that leads nowhere costs its copies and nothing else: the requests themselves are served.
    private Optional<Mirror<T>> mirror(HttpRoute.Mirror config) {
        HttpRoute.Fraction share = config.fraction()
                .orElseGet(() -> new HttpRoute.Fraction(config.percent().orElse(100), 100));
        return references
                .backend(namespace, config.backendRef())
                .map(target -> new Mirror<>(target, share.numerator(), share.denominator()));
    }

    private void addExtension(ExtensionRef ref, Place place) {
        Optional<DirectResponse> answer = references.directResponse(namespace, ref);
        if (answer.isEmpty()) {
            extensions.add(ref);
        } else if (FilterChain.of(filters).answers()) {
            place.problem("the rule answers already: one redirect or direct response per rule");
        } else {
            filters.add(answer.get());
        }
    }
}
