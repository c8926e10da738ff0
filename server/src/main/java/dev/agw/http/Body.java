package dev.agw.http;

import java.io.IOException;

/// A message body, read piece by piece where it lies.
///
/// ```java
/// while (body.next()) {
///     out.write(body.array(), body.offset(), body.length());
/// }
/// ```
/// A piece stays valid until the next call of [#next]. Framing (length, chunks, end of the connection) is already taken
/// off.
public interface Body {
    /// A body of no bytes.
    Body EMPTY = Body.of(new byte[0]);

    /// Moves to the next piece, waiting for it; false at the end of the body.
    ///
    /// @throws IOException the peer broke the body off, or its framing is wrong
    boolean next() throws IOException;

    /// The array that holds the piece.
    byte[] array();

    /// Where the piece starts in [#array].
    int offset();

    /// Bytes in the piece; at least 1.
    int length();

    /// Whether [#next] will answer without waiting, as far as is known: a reason to hold a write back for more.
    default boolean ready() {
        return true;
    }

    /// Ends the look at the piece, which holds memory: before a wait for somebody else.
    default void settle() {}

    /// Whether the end of the body is told by its framing, and not just by the end of the connection.
    default boolean framed() {
        return true;
    }

    /// Bytes in the whole body as its sender announced them, or -1.
    long declaredLength();

    /// Fields that came behind a chunked body; complete once [#next] said false. Never null, mostly empty.
    default Headers trailers() {
        return new Headers(0, 0);
    }

    /// The bytes of `content` as a body.
    static Body of(byte[] content) {
        return of(content, 0, content.length);
    }

    /// A part of `content` as a body.
    static Body of(byte[] content, int offset, int length) {
        return new ArrayBody(content, offset, length);
    }

    /// Reads what is left of the body into one array.
    ///
    /// @param limit the most bytes that are read
    /// @throws BodyTooLargeException the body is longer
    default byte[] readAll(int limit) throws IOException {
        return readAll(limit, Room.UNBOUNDED);
    }

    /// Reads what is left of the body into one array, which takes its memory from `room` as it grows.
    ///
    /// @param limit the most bytes that are read
    /// @throws BodyTooLargeException the body is longer
    default byte[] readAll(int limit, Room room) throws IOException {
        return BodyCollector.collect(this, limit, room);
    }
}
