package dev.agw.cli.render;

import dev.agw.cli.operations.Severity;
import dev.agw.schema.Doc;
import dev.agw.schema.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An alert as it stands in `rules/`, before anything is filled in.
@Doc("An alert, its defaults and its tests.")
public record RuleSource(
        @Key("alert") @Doc("Its name.") String name,
        @Doc("The group it stands in.") String group,
        @Doc("Where it comes from.") Origin origin,

        @Doc("How it differs from the guide, and why; or why there is one.")
        String differs,

        @Doc("The part of the gateway it waits for, where its metrics do not tell.")
        Optional<String> pending,

        @Doc("Who is told.") Severity severity,

        @Key("for") @Doc(value = "How long it must be true.", byDefault = "0s")
        Duration hold,

        @Doc("What can be set, with its default.") Map<String, String> values,
        @Doc("What is recorded for it.") List<Recording> records,
        @Doc("When it is true.") String expr,

        @Doc("What is the matter, the same for all that it fires for.")
        String summary,

        @Doc("What is the matter with this one.") String description,
        @Doc("What it does in which case.") List<Test> tests) {
    /// Where an alert comes from.
    public enum Origin {
        /// The production guide, or its chapter on cost.
        guide,
        /// agw itself.
        agw
    }

    /// What an alert does at the end of a phase.
    public enum State {
        silent,
        firing
    }

    @Doc("A recorded expression.")
    public record Recording(
            @Key("record") @Doc("Its name.") String name,
            @Doc("What is recorded.") String expr) {}

    @Doc("Three phases of equal length, and what the alert does at the end of each.")
    public record Test(
            @Doc("What it shows, as a sentence.") String name,
            @Doc("Per phase: silent or firing.") List<State> expect,

            @Doc("The labels that it fires with, but for alertname and severity.")
            Optional<String> labels,

            @Doc("Seconds between two samples.") Optional<String> step,
            @Doc("Seconds of a phase.") Optional<String> phase,
            @Doc("Seconds before the first.") Optional<String> lead,

            @Doc("Per series: per phase what is added per step (counters), or the level (gauges); _ is none.")
            Map<String, String> series) {}
}
