package dev.agw.simulator;

/// What a path asks for. The end of the path decides, so any prefix is accepted: `/v1/chat/completions`,
/// `/chat/completions` and `/openai/deployments/gpt-4o/chat/completions` are the same.
enum Endpoint {
    HEALTH("GET", "/healthz"),
    CHAT("POST", "/chat/completions"),
    COMPLETIONS("POST", "/completions"),
    RESPONSES("POST", "/responses"),
    EMBEDDINGS("POST", "/embeddings"),
    MODERATIONS("POST", "/moderations"),
    MODELS("GET", "/models"),
    MODEL("GET", "");

    private static final Endpoint[] ALL = values();
    private static final String ONE_MODEL = "/models/";

    private final String method;
    private final String suffix;

    Endpoint(String method, String suffix) {
        this.method = method;
        this.suffix = suffix;
    }

    /// @throws ApiErrorException 404 for a path that nothing ends like, 405 for another method
    static Endpoint of(String method, String path) {
        Endpoint endpoint = ofPath(method, path);
        if (!endpoint.method.equals(method)) {
            throw ApiErrorException.invalid(
                    405, "not allowed to " + method + " on " + path + ", only to " + endpoint.method);
        }
        return endpoint;
    }

    /// The id at the end of `/v1/models/{id}`; ids may hold slashes.
    static String modelId(String path) {
        return path.substring(path.indexOf(ONE_MODEL) + ONE_MODEL.length());
    }

    private static Endpoint ofPath(String method, String path) {
        for (Endpoint endpoint : ALL) {
            if (endpoint != MODEL && path.endsWith(endpoint.suffix)) {
                return endpoint;
            }
        }
        if (path.contains(ONE_MODEL)) {
            return MODEL;
        }
        throw ApiErrorException.invalid(404, "unknown URL (" + method + " " + path + ")");
    }
}
