package dev.agw.cli.dashboard;

import dev.agw.schema.Doc;
import dev.agw.schema.Key;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Optional;

/// A dashboard as it stands in `dashboards/`, before anything is filled in.
@Doc("A dashboard.")
public record DashboardSource(
        @Key("dashboard") @Doc("Its name, of small letters.")
        String name,

        @Doc("Its title.") String title,
        @Doc("What it is for.") String description,
        @Doc("Its rows, from top to bottom.") List<RowSource> rows) {

    @Doc("Panels under one heading.")
    public record RowSource(
            @Doc("The heading.") String title,

            @Doc("Its panels, which flow from left to right.")
            List<PanelSource> panels) {}

    @Doc("A panel.")
    public record PanelSource(
            @Doc("Its title.") String title,
            @Doc("What it shows, and what to make of it.") String description,

            @Doc(value = "How it shows it.", byDefault = "timeseries")
            Kind kind,

            @Doc("The unit of what is shown, as Grafana calls it.")
            String unit,

            @Doc(value = "How wide it is, of 24.", byDefault = "8") @Range(min = 2, max = 24)
            int width,

            @Doc(value = "Whether series are shown on top of each other.", byDefault = "false")
            boolean stack,

            @Doc("The alert that looks at the same: its expression, values and threshold are taken over.")
            Optional<String> alert,

            @Doc("The value of the alert to draw as a line, where it is not what the alert compares with.")
            Optional<String> line,

            @Doc("The part of the gateway it waits for, where its metrics do not tell.")
            Optional<String> pending,

            @Doc("What single values are called.") List<State> states,

            @Doc("What it asks for; none: what the alert compares.")
            List<QuerySource> queries) {}

    @Doc("A value with a name.")
    public record State(
            @Doc("The value.") int value,
            @Doc("What it is called.") String text,
            @Doc("Its colour.") String color) {}

    @Doc("A question to Prometheus.")
    public record QuerySource(
            @Doc("The expression, without the matchers that every panel has; none: what the alert compares.")
            Optional<String> expr,

            @Doc("An expression with the same labels that is there when the first is not: shown as 0.")
            Optional<String> zero,

            @Doc(value = "What its series are called; the title of its column.", byDefault = "__auto")
            String legend) {}
}
