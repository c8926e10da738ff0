package dev.agw.http;

/// A body that shows the pieces of another one where they lie, and differs from it in how it moves on to the next.
public interface BodyView extends Body {
    /// The body whose pieces are shown.
    Body content();

    @Override
    default boolean ready() {
        return content().ready();
    }

    @Override
    default void settle() {
        content().settle();
    }

    @Override
    default boolean framed() {
        return content().framed();
    }

    @Override
    default byte[] array() {
        return content().array();
    }

    @Override
    default int offset() {
        return content().offset();
    }

    @Override
    default int length() {
        return content().length();
    }

    @Override
    default long declaredLength() {
        return content().declaredLength();
    }

    @Override
    default Headers trailers() {
        return content().trailers();
    }
}
