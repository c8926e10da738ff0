package dev.agw.cli.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A question of a panel, as Prometheus takes it: with all choices at "all".
///
/// @param source whose metrics it asks for: `gateway`, `controlPlane`, `rateLimiter`, `kubernetes`
/// @param pending the part of the gateway that its metrics wait for; empty if they move
public record PanelQuery(String dashboard, String panel, String expr, String source, Optional<String> pending) {
    /// As one line of JSON: `{"dashboard": "overview", "panel": "Requests", "expr": "...", "source": "gateway"}`.
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dashboard", dashboard).put("panel", panel).put("expr", expr).put("source", source);
        pending.ifPresent(part -> json.put("pending", part));
        return json.toString();
    }
}
