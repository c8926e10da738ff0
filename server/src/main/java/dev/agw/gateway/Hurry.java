package dev.agw.gateway;

/// How long a gateway that was told to end goes on to take connections.
public enum Hurry {
    /// The whole `shutdown.min`: load balancers need it to look elsewhere, and send clients until then.
    NONE,
    /// As long as requests run, `shutdown.min` at most: nobody leads clients to a process at a terminal.
    WITH_THE_LAST_REQUEST
}
