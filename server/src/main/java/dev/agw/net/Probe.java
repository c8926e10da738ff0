package dev.agw.net;

/// What a look at the receiving side of a connection found.
public enum Probe {
    /// Nothing came, or nobody may look now.
    SILENT,
    /// Bytes came; they are kept for the next read.
    DATA,
    /// The peer left.
    GONE
}
