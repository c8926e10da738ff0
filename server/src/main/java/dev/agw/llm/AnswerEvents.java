package dev.agw.llm;

import dev.agw.http.SseEvent;

/// Understands the events of one kind of stream.
sealed interface AnswerEvents permits ChatEvents, ResponsesEvents {
    /// What the client is to get of an event if it did not ask for usage.
    enum Fate {
        KEEP,
        DROP,
        /// Without the bytes from [#cutStart] to [#cutEnd] of its data.
        CUT
    }

    /// Takes the next event.
    Fate event(SseEvent event);

    /// Whether the event that ends such a stream has come.
    boolean ended();

    /// Whether the provider reported an error.
    boolean failed();

    /// Where the part to leave out starts, in the data of the event that was last [Fate#CUT].
    default int cutStart() {
        return 0;
    }

    /// Behind the part to leave out.
    default int cutEnd() {
        return 0;
    }
}
