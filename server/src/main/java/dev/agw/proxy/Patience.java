package dev.agw.proxy;

/// How long a backend may take, in nanoseconds; 0 where nothing is said.
///
/// @param requestNanos from the arrival of a request to the end of its answer
/// @param headNanos from one call to the head of its answer
/// @param firstTokenNanos from the head of a streamed answer to its first piece
/// @param idleNanos between two pieces of an answer
public record Patience(long requestNanos, long headNanos, long firstTokenNanos, long idleNanos) {
    /// These, and the others' where these say nothing.
    public Patience or(Patience others) {
        return new Patience(
                requestNanos > 0 ? requestNanos : others.requestNanos,
                headNanos > 0 ? headNanos : others.headNanos,
                firstTokenNanos > 0 ? firstTokenNanos : others.firstTokenNanos,
                idleNanos > 0 ? idleNanos : others.idleNanos);
    }
}
