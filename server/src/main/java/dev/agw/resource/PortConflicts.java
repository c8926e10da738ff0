package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds Gateways that want different things of one port. Within a Gateway its record sees to that.
final class PortConflicts {
    private final List<Gateway> gateways;
    private final Sources sources;
    private final Problems problems;
    private final Map<Integer, Attachment> first = new HashMap<>();

    PortConflicts(List<Gateway> gateways, Sources sources, Problems problems) {
        this.gateways = gateways;
        this.sources = sources;
        this.problems = problems;
    }

    void check() {
        for (Gateway gateway : gateways) {
            List<Gateway.Listener> listeners = gateway.spec().listeners();
            for (int i = 0; i < listeners.size(); i++) {
                FieldPath path = FieldPath.TOP.field("spec").field("listeners").item(i);
                claim(new Attachment(gateway, listeners.get(i)), path);
            }
        }
    }

    private void claim(Attachment claim, FieldPath path) {
        Attachment holder = first.putIfAbsent(claim.listener().port(), claim);
        if (holder == null
                || claim.listener().port() == 0
                || holder.gateway().equals(claim.gateway())
                || holder.listener().protocol() == claim.listener().protocol()) {
            return;
        }
        ResourceKey other = holder.gateway().key();
        problems.error(
                sources.position(claim.gateway().key(), path),
                path.field("protocol"),
                "port " + claim.listener().port() + " speaks "
                        + holder.listener().protocol() + " already, for " + other,
                "give one of them another port");
    }
}
