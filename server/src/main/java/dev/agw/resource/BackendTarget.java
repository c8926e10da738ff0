package dev.agw.resource;

/// What a backendRef leads to.
public sealed interface BackendTarget {
    /// A Backend.
    record ToBackend(Backend backend) implements BackendTarget {}

    /// A Service.
    ///
    /// @param port the one referred to, or else the only one it has
    record ToService(Service service, int port) implements BackendTarget {}

    /// Nothing that requests could go to.
    ///
    /// @param why for people
    record Unusable(String why) implements BackendTarget {}
}
