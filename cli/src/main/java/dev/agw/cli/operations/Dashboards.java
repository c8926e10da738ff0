package dev.agw.cli.operations;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What Grafana is given.
@Doc("What Grafana is given.")
public record Dashboards(
        @Doc(value = "What the uid of each dashboard begins with; its name follows.", byDefault = "agw-")
        String uidPrefix,

        @Doc(value = "The folder they are put in.", byDefault = "AI-gateway")
        String folder,

        @Doc(
                value = "A regular expression for the names of the data sources to choose from; none: all.",
                byDefault = "none")
        String datasource,

        @Doc("Further tags, beside agw.") List<String> tags,

        @Doc(value = "How often they ask anew.", byDefault = "30s")
        Duration refresh,

        @Doc(value = "The time that they show, up to now.", byDefault = "1h")
        Duration span,

        @Doc(value = "The time zone: browser, utc, or a name such as Europe/Berlin.", byDefault = "browser")
        String timezone,

        @Doc("The dashboards that are rendered; none named: all.")
        List<String> enabled,

        @Doc("Labels of the Grafana that its operator gives them to; none named: dashboards: grafana.")
        Map<String, String> instanceLabels) {
    /// Grafana takes 40 characters; the longest name of a dashboard has 10.
    private static final String PREFIX = "[A-Za-z0-9_-]{1,28}";

    public Dashboards {
        if (!uidPrefix.matches(PREFIX)) {
            throw new InvalidValueException(
                    "expected a uidPrefix of at most 28 letters, digits, - and _, found \"" + uidPrefix + "\"");
        }
        if (refresh.toSeconds() < 1 || span.toSeconds() < 1) {
            throw new InvalidValueException("expected a refresh and a span of a second at least");
        }
    }
}
