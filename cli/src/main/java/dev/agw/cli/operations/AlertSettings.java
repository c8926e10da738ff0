package dev.agw.cli.operations;

import dev.agw.schema.Doc;
import dev.agw.schema.Key;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What somebody wants otherwise of one alert. Which of the values below `labels` an alert has, its rule says.
@Doc("One alert. Which of the values it has, from threshold on, its rule says.")
public record AlertSettings(
        @Doc(value = "Whether it is rendered.", byDefault = "true")
        boolean enabled,

        @Key("for") @Doc("How long it must be true before it fires.")
        Optional<Duration> hold,

        @Doc("How long it goes on firing once it is no longer true; Prometheus 2.42 or newer.")
        Optional<Duration> keepFiringFor,

        @Doc("critical: a person, now; warning: a person, in working hours; info: nobody.")
        Optional<Severity> severity,

        @Doc("Further labels, to route it by.") Map<String, String> labels,

        @Doc("What is too much or too little.") Optional<Amount> threshold,
        @Doc("The share that may be beyond the threshold.") Optional<Amount> share,
        @Doc("The time that it looks at.") Optional<Amount> window,

        @Doc("Fewer events than that in the window are no reason.")
        Optional<Amount> minEvents,

        @Doc("The share of requests that must succeed.") Optional<Amount> objective,
        @Doc("The time that the objective holds for.") Optional<Amount> period,

        @Doc("A regular expression for the models it is about.")
        Optional<String> models,

        @Doc("A regular expression for the models it is not about.")
        Optional<String> excludeModels,

        @Doc("The hour of the day it begins at.") Optional<Amount> fromHour,
        @Doc("The hour of the day it ends at.") Optional<Amount> untilHour,

        @Doc("How many hours the time of the day is ahead of UTC.")
        Optional<Amount> utcOffset) {}
