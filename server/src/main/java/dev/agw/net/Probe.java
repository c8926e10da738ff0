package dev.agw.net;

/// What a look at the receiving side of a connection found.
public enum Probe {
    /// Nothing came, or nobody may look now.
    SILENT,
    /// Bytes came; they are kept for the next read.
    DATA,
    /// The peer says that it sends no more. It may still read, or have left: nothing tells one from the other.
    ENDED,
    /// The peer left.
    GONE;

    /// Whether no byte will come any more.
    public boolean over() {
        return switch (this) {
            case SILENT, DATA -> false;
            case ENDED, GONE -> true;
        };
    }
}
