package dev.agw.http;

/// Lends arrays for the moment in which what came is looked at, so that whoever waits needs none. Safe from any thread.
///
/// What others read may still stand in them: only what was read into them since counts.
public interface Lender {
    /// An array that nobody else uses until it is given back.
    byte[] lend();

    /// Takes an array back, which nobody may look at any more.
    void giveBack(byte[] array);
}
