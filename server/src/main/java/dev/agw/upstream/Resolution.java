package dev.agw.upstream;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a look-up of a name has found.
///
/// @param addresses at least one
/// @param lifetime how long they count, where the name server has said it
record Resolution(List<InetAddress> addresses, Optional<Duration> lifetime) {
    Resolution {
        addresses = List.copyOf(addresses);
    }

    /// Without a word of how long it counts.
    static Resolution of(List<InetAddress> addresses) {
        return new Resolution(addresses, Optional.empty());
    }
}
