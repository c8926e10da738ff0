package dev.agw.llm;

import dev.agw.exchange.GenAi;
import dev.agw.exchange.Outcome;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Hands an answer on, piece by piece, and reads from it in passing what the exchange wants to know.
///
/// ```java
/// try (AnswerMeter meter = AnswerMeter.of(operation, headers, strips, genAi, System::nanoTime)) {
///     while (body.next()) {
///         meter.accept(body.array(), body.offset(), body.length(), reply::write);
///         reply.flush();
///     }
///     exchange.outcome(meter.end(framed, reply::write));
/// }
/// ```
/// Bytes go on as they came and at once, unless [#rewrites]. Nothing in an answer makes a meter throw: what it
/// does not understand passes unmetered. Not thread-safe.
public sealed interface AnswerMeter extends AutoCloseable permits PassingMeter, WholeAnswerMeter, StreamMeter {
    /// Takes the next piece of the body and hands on what may go.
    void accept(byte[] array, int offset, int length, AnswerSink out);

    /// The body ended without error: hands on what was held back and says how the answer ended.
    ///
    /// @param framed whether its framing said so (length, last chunk, end of the HTTP/2 stream), and not just
    ///     the connection: a connection also closes when the backend dies
    Outcome end(boolean framed, AnswerSink out);

    /// Whether the answer can differ from what came, so that a length that was announced does not hold.
    default boolean rewrites() {
        return false;
    }

    /// Whether the client has got whole events only, and an event of the gateway's own may follow.
    default boolean betweenEvents() {
        return true;
    }

    /// Whether the provider reported an error within the answer, behind a head that said 200.
    default boolean failed() {
        return false;
    }

    /// Lets go what is held outside the heap.
    @Override
    default void close() {}

    /// Hands on and looks at nothing.
    static AnswerMeter passing() {
        return new PassingMeter();
    }

    /// The meter for an answer whose head has come.
    ///
    /// @param headers the answer's fields
    /// @param stripsUsage whether a usage chunk was asked for that the client does not expect
    /// @param genAi filled in passing: model, tokens, time of the first token
    /// @param clock `System::nanoTime`
    static AnswerMeter of(Operation operation, Headers headers, boolean stripsUsage, GenAi genAi, LongSupplier clock) {
        if (!operation.metered()) {
            return passing();
        }
        ContentDecoder decoder =
                ContentDecoder.of(headers.first(HeaderName.CONTENT_ENCODING).orElse("identity"));
        String type = headers.first(HeaderName.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/event-stream")) {
            return new WholeAnswerMeter(genAi, decoder);
        }
        AnswerEvents events = operation.kind() == Operation.Kind.RESPONSES
                ? new ResponsesEvents(genAi, clock)
                : new ChatEvents(genAi, clock);
        return new StreamMeter(events, decoder, stripsUsage && decoder.identity());
    }
}
