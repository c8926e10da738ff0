package dev.agw.cli.load;

/// Load that cannot be sent: one sentence for its user.
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Whose fault it is.
    public enum Cause {
        /// What was asked for makes no sense.
        WRONG_INPUT,
        /// Somebody who was to answer does not.
        NO_ANSWER
    }

    private final Cause why;

    private LoadException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    /// What was asked for makes no sense.
    ///
    /// @param message what is wrong and what to do about it
    public static LoadException wrong(String message) {
        return new LoadException(Cause.WRONG_INPUT, message);
    }

    /// Somebody does not answer.
    ///
    /// @param message who does not answer and what to do about it
    public static LoadException unanswered(String message) {
        return new LoadException(Cause.NO_ANSWER, message);
    }

    /// Whose fault it is.
    public Cause why() {
        return why;
    }
}
