package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Numbers;
import dev.agw.cli.operations.Operations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts values in the place of what Grafana would fill in.
final class Expansion {
    /// Grafana takes four scrapes at least.
    private static final int SCRAPES = 4;

    private final Map<String, String> values = new LinkedHashMap<>();

    Expansion(Operations operations) {
        Duration scrape = operations.monitoring().scrapeInterval();
        values.put("$__rate_interval", time(scrape.multipliedBy(SCRAPES)));
        values.put("$__interval", time(scrape));
        values.put("$__range", time(operations.dashboards().span()));
        for (Variable variable : Variable.all(operations.monitoring().clusterLabel())) {
            values.put("$" + variable.name(), variable.all());
        }
    }

    private static String time(Duration time) {
        return Numbers.time(Amount.of(time).value());
    }

    /// `expr` in one line, with everything filled in.
    String of(String expr) {
        String filled = expr;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled.replaceAll("\\s+", " ");
    }
}
