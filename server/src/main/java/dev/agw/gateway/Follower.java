package dev.agw.gateway;

import java.time.Duration;
import java.util.Optional;

/// Follows the changes of files.
interface Follower {
    /// Looks at what may have changed.
    ///
    /// @return how soon to look again even if nothing more happens; empty if there is no need
    Optional<Duration> look(Touched touched);
}
