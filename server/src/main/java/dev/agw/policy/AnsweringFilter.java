package dev.agw.policy;

import dev.agw.exchange.Request;

/// Answers a request; no backend is called.
public non-sealed interface AnsweringFilter extends Filter {
    /// The answer to `request`.
    ///
    /// @param prefixSegments how many leading segments of the path the route matched
    /// @param listenerPort port of the listener as its Gateway names it
    DirectAnswer answer(Request request, int prefixSegments, int listenerPort);
}
