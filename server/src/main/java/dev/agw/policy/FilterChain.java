package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The filters of a rule or of one of its backends, sorted by when they act. Immutable; an empty chain allocates
/// nothing.
///
/// ```java
/// chain.preflight(request)                     // before authentication: preflights carry no credentials
/// chain.answer(request, segments, port)        // after it: redirects and fixed answers
/// chain.onRequest(request, segments)           // before each call of a backend, always from the received request
/// chain.onResponse(received, headers)          // on answers of backends, and on errors that scripts shall read
/// ```
public final class FilterChain {
    /// No filters.
    public static final FilterChain NONE = new FilterChain(List.of());

    private final Cors[] cors;
    private final AnsweringFilter[] answering;
    private final RequestFilter[] onRequest;
    private final ResponseFilter[] onResponse;

    private FilterChain(List<Filter> filters) {
        cors = only(Cors.class, filters).toArray(Cors[]::new);
        answering = only(AnsweringFilter.class, filters).toArray(AnsweringFilter[]::new);
        onRequest = only(RequestFilter.class, filters).toArray(RequestFilter[]::new);
        onResponse = only(ResponseFilter.class, filters).toArray(ResponseFilter[]::new);
    }

    /// A chain that applies `filters` in their order.
    public static FilterChain of(List<Filter> filters) {
        return filters.isEmpty() ? NONE : new FilterChain(filters);
    }

    private static <F extends Filter> Stream<F> only(Class<F> kind, List<Filter> filters) {
        return filters.stream().filter(kind::isInstance).map(kind::cast);
    }

    /// The answer to a CORS preflight, if the request is one and the route has a CORS filter. Complete:
    /// [#onResponse] is not for it.
    public Optional<DirectAnswer> preflight(Request request) {
        return cors.length == 0 ? Optional.empty() : cors[0].preflight(request);
    }

    /// The answer that the route gives by itself, if it does.
    ///
    /// @param prefixSegments how many leading segments of the path the route matched
    /// @param listenerPort port of the listener as its Gateway names it
    public Optional<DirectAnswer> answer(Request request, int prefixSegments, int listenerPort) {
        return answering.length == 0
                ? Optional.empty()
                : Optional.of(answering[0].answer(request, prefixSegments, listenerPort));
    }

    /// The request as the backend shall see it; `request` and its headers stay as they are.
    ///
    /// @param prefixSegments how many leading segments of the path the route matched
    public Request onRequest(Request request, int prefixSegments) {
        Request changed = request;
        for (RequestFilter filter : onRequest) {
            changed = filter.apply(changed, prefixSegments);
        }
        return changed;
    }

    /// Changes the fields of an answer in place. The chain of a backend comes before the chain of its rule.
    ///
    /// @param received the request as the client sent it
    public void onResponse(Request received, Headers headers) {
        for (Cors filter : cors) {
            filter.apply(received, headers);
        }
        for (ResponseFilter filter : onResponse) {
            filter.apply(received, headers);
        }
    }

    /// Whether the chain answers by itself, so that its rule needs no backend.
    public boolean answers() {
        return answering.length > 0;
    }
}
