package dev.agw.cli.lint;

import java.util.List;
import java.util.stream.Stream;

/// A dashboard of Grafana.
record Board(Place place, Tree root) {
    static Board of(Tree root) {
        return new Board(new Place(root.position(), "dashboard " + root.textAt("title")), root);
    }

    /// Something that asks Prometheus.
    record Target(Place place, String expr) {}

    /// Panels that show something, those within rows, too.
    List<Tree> panels() {
        return panels(root).toList();
    }

    private static Stream<Tree> panels(Tree at) {
        Stream<Tree> older = at.at("rows").items().stream().flatMap(Board::panels);
        return Stream.concat(older, at.at("panels").items().stream().flatMap(panel -> {
            boolean row =
                    panel.textAt("type").equals("row") || panel.at("panels").list();
            return row ? panels(panel) : Stream.of(panel);
        }));
    }

    Place place(Tree panel) {
        return place.within(panel.position(), "panel " + panel.textAt("title"));
    }

    /// The expressions of a panel.
    List<Target> targets(Tree panel) {
        return panel.at("targets").items().stream()
                .filter(target -> target.at("expr").text().isPresent())
                .map(target -> new Target(place(panel), target.textAt("expr")))
                .toList();
    }
}
