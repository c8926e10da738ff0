package dev.agw.balance;

/// A call to an endpoint: says how it went, and ends by being closed.
///
/// At most one of [#answered], [#failed] and [#unreachable] is told. A call that ended for the client's sake
/// tells none.
public final class Pick<T> implements AutoCloseable {
    private final Endpoints<T> endpoints;
    private final Endpoint<T> endpoint;
    private boolean closed;

    Pick(Endpoints<T> endpoints, Endpoint<T> endpoint) {
        this.endpoints = endpoints;
        this.endpoint = endpoint;
        endpoint.health().begin();
    }

    public Endpoint<T> endpoint() {
        return endpoint;
    }

    /// It answered with this status.
    public void answered(int status) {
        endpoints.answered(endpoint, status);
    }

    /// It took the request and did not answer, or not in time, or not in HTTP.
    public void failed() {
        endpoints.silent(endpoint);
    }

    /// It could not be connected to.
    public void unreachable() {
        endpoint.health().avoid();
        endpoints.silent(endpoint);
    }

    /// The call is over. Further calls do nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            endpoint.health().end();
        }
    }
}
