package dev.agw.cli.load;

import java.util.Map;

/// How many requests there were, and what became of them.
///
/// @param sent requests that went out
/// @param answered those with a complete answer of status 200
/// @param dropped arrivals that did not go out, as too many requests were under way
/// @param tokens of all complete answers
/// @param errors requests without a complete answer, by reason
/// @param meanUnderWay requests under way, as each one that went out met them
/// @param mostUnderWay most requests under way
public record Counts(
        long sent,
        long answered,
        long dropped,
        long tokens,
        Map<String, Long> errors,
        double meanUnderWay,
        long mostUnderWay) {
    public Counts {
        errors = Map.copyOf(errors);
    }

    /// Requests without a complete answer.
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Share of the requests sent that failed; 0 if none was sent.
    public double failedShare() {
        return sent == 0 ? 0 : (double) failed() / sent;
    }

    /// Share of the arrivals that got a complete answer.
    public double answeredShare() {
        return sent + dropped == 0 ? 0 : (double) answered / (sent + dropped);
    }
}
