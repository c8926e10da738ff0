package dev.agw.http;

/// Memory that a body may be collected in.
@FunctionalInterface
public interface Room {
    /// As much as there is.
    Room UNBOUNDED = bytes -> {};

    /// Asks for so many bytes more; throws what its owner wants to be thrown if they are not to be had.
    void take(int bytes);
}
