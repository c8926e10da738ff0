package dev.agw.gateway;

import dev.agw.balance.EndpointId;
import dev.agw.exchange.ListenerRef;
import dev.agw.proxy.Snapshot;
import dev.agw.proxy.Target;
import dev.agw.resource.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A configuration made ready to serve.
///
/// @param ports the ports to open, each with the listener that stands for it in connection metrics
/// @param secure those of the ports that speak TLS
/// @param targets the backends that routes refer to, by name
/// @param endpoints all endpoints of those
/// @param warnings what could be read and is not, or not fully, obeyed
record Compiled(
        Snapshot snapshot,
        Map<Integer, ListenerRef> ports,
        SecurePorts secure,
        Map<String, Target> targets,
        Set<EndpointId> endpoints,
        Optional<Parameters.Shutdown> shutdown,
        List<String> warnings) {
    /// The same with other routes.
    Compiled serving(Snapshot other) {
        return new Compiled(other, ports, secure, targets, endpoints, shutdown, warnings);
    }
}
