package dev.agw.cli.sizing;

import dev.agw.cli.load.Figures;
import dev.agw.cli.operations.Deployment.Autoscaling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether an autoscaler sees what the load needs. By itself it sees CPU alone; connections it sees where the file of
/// values names them and an adapter that serves them.
///
/// @param connections per replica to aim at, if it goes by them
/// @param adapter what serves them
/// @param seen what asks for most replicas at peak, of what it sees
/// @param needed what asks for most replicas at peak, of what grows with the load
record Scaling(Optional<Integer> connections, String adapter, Constraint seen, Constraint needed) {
    private static final String NO_ADAPTER = "none";

    /// What holds for `loads` at peak: CPU, streams, then the rest.
    static Scaling of(Inputs inputs, Autoscaling values, List<Constraint> loads) {
        Optional<Integer> connections = values.connections()
                .filter(any -> !values.adapter().equals(NO_ADAPTER))
                .map(any -> connections(inputs));
        return new Scaling(
                connections, values.adapter(), most(loads.subList(0, connections.isPresent() ? 2 : 1)), most(loads));
    }

    /// The file's number, if nothing else was said of streams.
    private static int connections(Inputs inputs) {
        return Math.max(1, (int) (Sizing.STREAM_USE * inputs.get(Input.STREAMS_PER_POD) + 1e-9));
    }

    private static Constraint most(List<Constraint> loads) {
        return loads.stream().max(Comparator.comparingInt(Constraint::replicas)).orElseThrow();
    }

    /// Whether the autoscaler gets as far as the load needs.
    boolean reaches() {
        return seen.replicas() >= needed.replicas();
    }

    /// For people.
    String text(int min) {
        String by = connections
                .map(number -> "by CPU, and by " + Figures.plain(number) + " connections per replica, which " + adapter
                        + " serves")
                .orElse("by CPU");
        return reaches()
                ? by
                : by
                        + ", which asks for %d replicas of the %d for %s: so it starts from %d, those at peak"
                                .formatted(seen.replicas(), needed.replicas(), needed.name(), min)
                        + hint();
    }

    private String hint() {
        return connections.isPresent()
                ? ""
                : "; autoscaling.connections and .adapter in --values let it go by connections, too";
    }
}
