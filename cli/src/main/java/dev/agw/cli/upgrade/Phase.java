package dev.agw.cli.upgrade;

/// When a check is of use.
public enum Phase {
    /// Before the upgrade.
    pre,
    /// While pods are replaced.
    watch,
    /// After it.
    post,
    /// At any time.
    all;

    /// Whether a check of that phase is run in this one.
    boolean runs(Phase of) {
        return this == all || this == of;
    }
}
