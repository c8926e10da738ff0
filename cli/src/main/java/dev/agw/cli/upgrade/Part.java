package dev.agw.cli.upgrade;

/// One thing that checks look at, or why it is not there.
public sealed interface Part<T> {
    /// It was read.
    record Read<T>(T value) implements Part<T> {}

    /// Nobody asked for it: checks of it are skipped.
    ///
    /// @param how what to give to have it read
    record NotAsked<T>(String how) implements Part<T> {}

    /// It was asked for and could not be had: checks of it are unknown.
    ///
    /// @param why a sentence without its full stop
    /// @param remedy what to do about it; may be empty
    record Unreadable<T>(String why, String remedy) implements Part<T> {}
}
