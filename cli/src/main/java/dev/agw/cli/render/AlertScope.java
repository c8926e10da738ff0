package dev.agw.cli.render;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Monitoring;
import dev.agw.cli.operations.Operations;
import java.util.HashMap;
import java.util.Map;

/// What `${...}` in an alert stands for.
final class AlertScope {
    private AlertScope() {}

    /// The values of one alert, for `operations`.
    static Scope of(AlertValues values, Operations operations) {
        Monitoring monitoring = operations.monitoring();
        String cluster = monitoring.clusterLabel();
        String at = cluster + "=\"c\",namespace=\"ns\"";
        String example = monitoring.jobs().dataPlane().example();
        Map<String, String> texts = new HashMap<>();
        texts.put("by", cluster + ", namespace");
        texts.put("cluster", cluster);
        texts.put("name", operations.naming().name());
        texts.put("namespace", operations.naming().namespace());
        texts.put("job", monitoring.jobs().dataPlane().text());
        texts.put("jobExample", example);
        texts.put("controlPlaneJob", monitoring.jobs().controlPlane().text());
        texts.put("controlPlaneExample", monitoring.jobs().controlPlane().example());
        texts.put("at", at);
        texts.put("pod", at + ",pod=\"p-0\",instance=\"i\",job=\"" + example + "\"");
        Map<String, String> shown = new HashMap<>();
        values.values().forEach((name, value) -> {
            if (value instanceof Amount amount) {
                shown.put(name, amount.shown());
            } else {
                texts.put(name, quotable(value.toString()));
                NameExample.of(value.toString()).ifPresent(some -> texts.put(name + "Example", some));
            }
        });
        Map<String, Double> numbers = new HashMap<>(values.numbers());
        numbers.put("scrape", monitoring.scrapeInterval().toMillis() / 1e3);
        numbers.put("drain", operations.deployment().shutdown().max().toMillis() / 1e3);
        return new Scope(texts, numbers, shown);
    }

    /// As it stands between quotes in PromQL.
    private static String quotable(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
