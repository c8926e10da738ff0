package dev.agw.simulator;

/// A message that is answered by an error of JSON-RPC.
///
/// ```json
/// {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"..."}}
/// ```
final class McpException extends RuntimeException {
    static final int PARSE = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INTERNAL = -32603;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    private McpException(int status, int code, String message) {
        super(message, null, false, false); // an answer, not a defect: no stack needed
        this.status = status;
        this.code = code;
    }

    static McpException of(int status, int code, String message) {
        return new McpException(status, code, message);
    }

    int status() {
        return status;
    }

    String json() {
        return "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":"
                + JsonText.quote(String.valueOf(getMessage())) + "}}";
    }
}
