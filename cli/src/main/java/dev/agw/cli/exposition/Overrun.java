package dev.agw.cli.exposition;

import java.util.function.DoubleFunction;

/// Which share of what is under way at a moment goes on for longer than a deadline from then: `E[(X-D)+] / E[X]`,
/// as long ones are met more often, and at any part of their way. From 0 to 1.
///
/// A histogram tells in which bucket values lie, not where in it; so the share is known but for a rest.
///
/// @param least that it can be
/// @param likely what it is if values lie evenly within their buckets
/// @param most that it can be
public record Overrun(double least, double likely, double most) {
    /// Known exactly.
    public static Overrun exactly(double share) {
        return new Overrun(share, share, share);
    }

    /// In words, with its limits where they are more than a hundredth apart.
    ///
    /// @param percent how a share is written
    public String text(DoubleFunction<String> percent) {
        String middle = percent.apply(likely);
        return most - least > 0.01
                ? middle + " (" + percent.apply(least) + " at least, " + percent.apply(most) + " at most)"
                : middle;
    }
}
