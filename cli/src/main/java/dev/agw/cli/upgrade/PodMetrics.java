package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.MetricsPage;
import dev.agw.cli.exposition.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What one pod, or one process by its URL, said of itself, twice where a window was waited for.
///
/// @param before at the begin of the window; without it, growth is what was counted since the pod started
public record PodMetrics(String pod, Optional<MetricsPage> before, MetricsPage now) {
    private static final MetricsPage NOTHING = new MetricsPage(java.util.Map.of(), List.of());

    /// The version of the gateway; empty if the page has none.
    String version() {
        return now.named("agentgateway_build_info")
                .map(sample -> sample.label("tag"))
                .findFirst()
                .orElse("");
    }

    /// What the chosen counters of this name grew by, one by one.
    List<Sample> growths(String name, Predicate<Sample> chosen) {
        return now.growth(before.orElse(NOTHING), name, chosen);
    }

    /// What the chosen counters of this name grew by.
    double growth(String name, Predicate<Sample> chosen) {
        return growths(name, chosen).stream().mapToDouble(Sample::value).sum();
    }

    /// The sum of a gauge.
    double gauge(String name) {
        return now.sum(name, sample -> true);
    }

    /// Seconds since 1970 at which the process began; NaN if it does not tell.
    double started() {
        return now.named("process_start_time_seconds")
                .mapToDouble(Sample::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /// Whether the process was replaced within the window.
    boolean restarted() {
        return before.flatMap(page -> page.named("process_start_time_seconds").findFirst())
                .filter(old -> old.value() != started())
                .isPresent();
    }
}
