package dev.agw.llm;

/// Where the bytes of an answer go: `reply::write`.
@FunctionalInterface
public interface AnswerSink {
    /// Takes bytes that stay valid only during the call.
    void write(byte[] array, int offset, int length);
}
