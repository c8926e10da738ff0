package dev.agw.llm;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Reason;
import dev.agw.http.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Errors of the gateway as a client of OpenAI's dialect expects them.
///
/// ```json
/// {"error":{"message":"...","type":"server_error","param":null,"code":"overloaded","request_id":"..."}}
/// ```
/// `request_id` is left out if there is none.
public final class OpenAiErrors {
    private record Kind(String type, String code) {}

    private OpenAiErrors() {}

    /// The body of an error response, `application/json`.
    public static byte[] body(Failure failure, String requestId) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        append(json, "{");
        appendError(json, failure, requestId);
        append(json, "}");
        return json.toByteArray();
    }

    /// The event that ends a stream which the gateway has to break off.
    ///
    /// @param betweenEvents whether the client has got whole events only; if not, the broken one is closed
    ///     first
    public static byte[] event(Operation operation, Failure failure, String requestId, boolean betweenEvents) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(256);
        append(event, betweenEvents ? "" : "\n\n");
        append(
                event,
                operation.kind() == Operation.Kind.RESPONSES ? "event: error\ndata: {\"type\":\"error\"," : "data: {");
        appendError(event, failure, requestId);
        append(event, "}\n\n");
        return event.toByteArray();
    }

    private static void appendError(ByteArrayOutputStream json, Failure failure, String requestId) {
        Kind kind = kind(failure);
        append(json, "\"error\":{\"message\":");
        json.writeBytes(JsonText.quote(failure.message()));
        append(json, ",\"type\":\"" + kind.type() + "\",\"param\":null,\"code\":\"" + kind.code() + "\"");
        if (!requestId.isEmpty()) {
            append(json, ",\"request_id\":");
            json.writeBytes(JsonText.quote(requestId));
        }
        append(json, "}");
    }

    private static void append(ByteArrayOutputStream json, String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static Kind kind(Failure failure) {
        Reason reason = failure.reason();
        return switch (reason) {
            case NOT_FOUND -> new Kind("invalid_request_error", "not_found");
            case JWT_AUTH, BASIC_AUTH -> new Kind("authentication_error", "invalid_credentials");
            case API_KEY_AUTH -> new Kind("authentication_error", "invalid_api_key");
            case EXT_AUTH, AUTHORIZATION -> new Kind("permission_error", "permission_denied");
            case RATE_LIMIT -> new Kind("rate_limit_error", "rate_limit_exceeded");
            case TIMEOUT -> new Kind("timeout_error", "timeout");
            case NO_HEALTHY_BACKEND -> new Kind("server_error", "no_healthy_backend");
            case UPSTREAM_FAILURE -> new Kind("server_error", "upstream_failure");
            case UPSTREAM, DIRECT_RESPONSE, INTERNAL, MCP, EXT_PROC -> byStatus(failure.status());
        };
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 413 -> new Kind("invalid_request_error", "request_too_large");
            case 503 -> new Kind("server_error", "overloaded");
            default ->
                status < 500
                        ? new Kind("invalid_request_error", "invalid_request")
                        : new Kind("server_error", "internal_error");
        };
    }
}
