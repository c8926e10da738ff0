package dev.agw.policy;

import dev.agw.exchange.Request;

/// Changes a request before a backend sees it.
public non-sealed interface RequestFilter extends Filter {
    /// The changed request; the given one and its headers stay as they are, for a retry starts from them again.
    ///
    /// @param prefixSegments how many leading segments of the path the route matched, for rewrites of that prefix
    Request apply(Request request, int prefixSegments);
}
