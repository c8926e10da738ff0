package dev.agw.simulator;

/// How one answer is to be given. Delays in nanoseconds.
///
/// @param status 200, or that of an error
/// @param faultAfter tokens that are sent before the fault; -1: half of them
/// @param retryAfter value of Retry-After on an error; empty for none
record Script(
        int status,
        Fault fault,
        int faultAfter,
        long headDelay,
        long firstToken,
        long tokenGap,
        int tokens,
        boolean gzip,
        String retryAfter) {

    /// Before which token of `tokens` the fault strikes; -1 if never.
    int faultAt(int tokens) {
        if (fault == Fault.NONE) {
            return -1;
        }
        return faultAfter < 0 ? tokens / 2 : Math.min(faultAfter, tokens - 1);
    }

    /// How long the answer takes if it is no stream.
    long wholeDelay(int tokens) {
        return firstToken + tokenGap * Math.max(0, tokens - 1);
    }
}
