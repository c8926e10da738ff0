package dev.agw.cli.dashboard;

import dev.agw.cli.render.Watch;
import java.util.List;
import java.util.Optional;

/// A panel with everything filled in.
///
/// @param owner whose metrics it shows
/// @param pending the part of the gateway that its metrics wait for; empty if they move
/// @param limit where a line is drawn
record Panel(
        int id,
        DashboardSource.PanelSource source,
        GridPos place,
        List<Target> targets,
        Owner owner,
        Optional<String> pending,
        Optional<Watch.Limit> limit) {
    Panel {
        targets = List.copyOf(targets);
    }

    String title() {
        return source.title();
    }

    /// What it shows, and that it may show nothing yet.
    String description() {
        return pending.map(part -> "Pending: nothing moves these metrics yet (" + part + "). ")
                        .orElse("")
                + source.description();
    }

    /// A question to Prometheus.
    ///
    /// @param refId its letter
    record Target(String refId, String expr, String legend) {}
}
