package dev.agw.exchange;

/// Why a response is what it is: the `reason` of metrics, access log, traces and response header.
///
/// A closed set, spelled as the production guide spells it; alerts and dashboards select on these words.
public enum Reason {
    /// The answer came from the backend.
    UPSTREAM("Upstream"),
    /// A filter or policy of the route answered; no backend was called.
    DIRECT_RESPONSE("DirectResponse"),
    /// No listener, route or backend fits the request.
    NOT_FOUND("NotFound"),
    /// The backend has no endpoint that may be used, its name does not resolve, or it does not exist.
    NO_HEALTHY_BACKEND("NoHealthyBackend"),
    /// A local or global limit refused the request.
    RATE_LIMIT("RateLimit"),
    /// The request or the call to the backend took too long.
    TIMEOUT("Timeout"),
    JWT_AUTH("JwtAuth"),
    BASIC_AUTH("BasicAuth"),
    API_KEY_AUTH("APIKeyAuth"),
    EXT_AUTH("ExtAuth"),
    AUTHORIZATION("Authorization"),
    /// Connecting to the backend or talking to it failed.
    UPSTREAM_FAILURE("UpstreamFailure"),
    /// The request is invalid or the gateway itself failed.
    INTERNAL("Internal"),
    /// An error of the MCP protocol.
    MCP("MCP"),
    /// The external processor failed.
    EXT_PROC("ExtProc");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics and logs.
    public String label() {
        return label;
    }
}
