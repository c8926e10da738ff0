package dev.agw.http;

/// What is told of an event stream in passing. The raw bytes of all calls, one behind the other, are the stream
/// itself.
public interface SseListener {
    /// An event is complete. The event object is used again for the next one.
    void event(SseEvent event);

    /// Bytes of an event that is too long to be looked at.
    default void unobserved(byte[] array, int offset, int length) {}

    /// The LF of the CRLF that ended the last event, if a cut between the two made it come late.
    default void halfLineEnd(byte[] array, int offset) {
        unobserved(array, offset, 1);
    }
}
