package dev.agw.exchange;

/// What is known of the LLM side of an exchange. Filled on the way by the exchange's thread, read when it is recorded.
public final class GenAi {
    private final String operation;
    private final String system;
    private final String requestModel;
    private final boolean streaming;
    private String responseModel = "unknown";
    private TokenUsage usage = TokenUsage.UNKNOWN;
    private long firstTokenNanos;

    /// @param operation `gen_ai_operation_name`: chat, text_completion, embeddings, ...
    /// @param system `gen_ai_system`: openai, anthropic, ...
    /// @param requestModel the model asked of the provider
    /// @param streaming whether the caller asked for a stream
    public GenAi(String operation, String system, String requestModel, boolean streaming) {
        this.operation = operation;
        this.system = system;
        this.requestModel = requestModel;
        this.streaming = streaming;
    }

    public String operation() {
        return operation;
    }

    public String system() {
        return system;
    }

    public String requestModel() {
        return requestModel;
    }

    public boolean streaming() {
        return streaming;
    }

    /// The model named in the answer; `unknown` until then.
    public String responseModel() {
        return responseModel;
    }

    public void responseModel(String model) {
        responseModel = model;
    }

    public TokenUsage usage() {
        return usage;
    }

    public void usage(TokenUsage counted) {
        usage = counted;
    }

    /// `System.nanoTime()` when the first token passed; 0 while none has.
    public long firstTokenNanos() {
        return firstTokenNanos;
    }

    public void firstToken(long nanoTime) {
        if (firstTokenNanos == 0) {
            firstTokenNanos = nanoTime;
        }
    }
}
