package dev.agw.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a name. May block.
@FunctionalInterface
public interface Resolver {
    /// The operating system's resolver. Addresses are never looked up backwards.
    Resolver SYSTEM = new SystemResolver();

    /// All addresses of `host`, at least one.
    ///
    /// @throws UnknownHostException there is none
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
