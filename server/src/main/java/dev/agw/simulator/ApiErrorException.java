package dev.agw.simulator;

/// A request that is answered by an error in OpenAI's shape.
///
/// ```json
/// {"error":{"message":"...","type":"invalid_request_error","param":"model","code":null}}
/// ```
final class ApiErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    /// @param param the parameter at fault; empty for none
    /// @param code empty for none
    private ApiErrorException(int status, String type, String message, String param, String code) {
        super(message, null, false, false); // an answer, not a defect: no stack needed
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    static ApiErrorException invalid(String message, String param) {
        return new ApiErrorException(400, INVALID, message, param, "");
    }

    static ApiErrorException invalid(int status, String message) {
        return new ApiErrorException(status, INVALID, message, "", "");
    }

    static ApiErrorException missing(String param) {
        return new ApiErrorException(
                400, INVALID, "the parameter '" + param + "' is required", param, "missing_required_parameter");
    }

    static ApiErrorException noModel(String model) {
        return new ApiErrorException(
                404, INVALID, "the model '" + model + "' does not exist", "model", "model_not_found");
    }

    /// The error a provider gives with this status for reasons of its own.
    static ApiErrorException ofStatus(int status) {
        return switch (status) {
            case 401 -> new ApiErrorException(401, INVALID, "the API key is not known", "", "invalid_api_key");
            case 403 -> new ApiErrorException(403, INVALID, "the key may not do this", "", "permission_denied");
            case 429 ->
                new ApiErrorException(429, "requests", "the limit of requests is used up", "", "rate_limit_exceeded");
            case 503 -> new ApiErrorException(503, "server_error", "the model is overloaded", "", "overloaded");
            default ->
                new ApiErrorException(
                        status, status < 500 ? INVALID : "server_error", "simulated status " + status, "", "");
        };
    }

    int status() {
        return status;
    }

    String json() {
        return "{\"error\":{\"message\":" + JsonText.quote(String.valueOf(getMessage())) + ",\"type\":\"" + type
                + "\",\"param\":" + orNull(param) + ",\"code\":" + orNull(code) + "}}";
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "null" : JsonText.quote(text);
    }
}
