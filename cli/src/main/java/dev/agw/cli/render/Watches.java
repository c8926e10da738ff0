package dev.agw.cli.render;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.operations.Severity;
import dev.agw.schema.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all alerts look at, with the values that hold for them.
public final class Watches {
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private final Watch none;

    private Watches(Operations operations) {
        this.none = Watch.none(
                new AlertValues(false, Duration.ZERO, Optional.empty(), Severity.info, Map.of(), Map.of()), operations);
    }

    /// Those of the distribution; what is wrong with the values of an alert is added to `problems`.
    public static Watches of(Reading reading, Operations operations, List<Problem> problems) {
        RuleSources sources = RuleSources.shipped();
        problems.addAll(AlertValues.unknown(sources, reading, operations));
        Watches all = new Watches(operations);
        for (RuleSource source : sources.all()) {
            AlertValues values = AlertValues.of(source, reading, operations, problems);
            all.watches.put(source.name(), Watch.of(source, values, operations));
        }
        return all;
    }

    /// What that alert looks at.
    public Optional<Watch> find(String alert) {
        return Optional.ofNullable(watches.get(alert));
    }

    /// What there is without an alert: names and labels.
    public Watch none() {
        return none;
    }

    /// The names of all alerts.
    public Set<String> names() {
        return watches.keySet();
    }
}
