package dev.agw.route;

import dev.agw.policy.DirectResponse;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.ExtensionRef;
import java.util.Optional;

/// What a route refers to, as the caller knows it.
///
/// @param <T> the caller's handle of a backend
public interface References<T> {
    /// The backend that `ref` names; empty if there is none or the route may not refer to it. The route is compiled
    /// either way: saying that a reference leads nowhere is the caller's part.
    ///
    /// @param namespace of the route
    Optional<T> backend(String namespace, BackendRef ref);

    /// The fixed answer that `ref` names; empty if it names something else, which [Rule#extensions] then lists. A
    /// reference that leads nowhere should answer 500: a filter that cannot be applied must not be skipped.
    ///
    /// @param namespace of the route
    Optional<DirectResponse> directResponse(String namespace, ExtensionRef ref);
}
