package dev.agw.cli.sizing;

import dev.agw.cli.exposition.MetricsPage;
import dev.agw.cli.exposition.Overrun;
import dev.agw.cli.load.Figures;
import dev.agw.cli.sizing.Finding.Severity;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.RuntimeCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a gateway's metrics say since it started.
record MetricsAdvice(MetricsPage page, Duration drain) {
    private static final double ENOUGH = 100;
    private static final Set<String> OWN_FAULTS = Set.of("NoHealthyBackend", "UpstreamFailure", "Timeout", "Internal");

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        traffic(findings);
        process(findings);
        collector(findings);
        return findings;
    }

    private void traffic(List<Finding> findings) {
        double requests = page.sum(MetricCatalogue.REQUESTS);
        double failed = page.by(MetricCatalogue.REQUESTS, "reason").entrySet().stream()
                .filter(reason -> OWN_FAULTS.contains(reason.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        if (requests >= ENOUGH && failed > 0.01 * requests) {
            add(
                    findings,
                    "ADV401",
                    Severity.error,
                    Figures.percent(failed / requests) + " of the requests ended without an answer of a backend",
                    "look at the reasons: x-agw-reason, access log");
        }
        double overhead = page.total(MetricCatalogue.OVERHEAD) / Math.max(1, page.count(MetricCatalogue.OVERHEAD));
        if (page.count(MetricCatalogue.OVERHEAD) >= ENOUGH && overhead > 0.05) {
            add(
                    findings,
                    "ADV402",
                    Severity.warn,
                    "the gateway itself takes " + Figures.seconds(overhead) + " per request",
                    "more CPU or replicas: agw size");
        }
        Overrun lost = page.distribution(MetricCatalogue.REQUEST_DURATION)
                .overrun(drain.toMillis() / 1000.0)
                .orElse(Overrun.exactly(0));
        if (page.count(MetricCatalogue.REQUEST_DURATION) >= ENOUGH && lost.likely() > 0.01) {
            add(
                    findings,
                    "ADV403",
                    lost.least() > 0.1 ? Severity.error : Severity.warn,
                    lost.text(Figures::percent) + " of the requests in flight would run beyond a drain of "
                            + drain.toSeconds() + " s",
                    "raise shutdown.max and the grace period");
        }
        counted(
                findings,
                "ADV404",
                MetricCatalogue.LIMIT_REFUSALS,
                "refused by a limit",
                "raise the limit, or scale: agw size");
        counted(
                findings,
                "ADV405",
                MetricCatalogue.UPSTREAM_CONNECT_FAILURES,
                "connections to backends failed",
                "look at DNS, egress rules and certificates");
    }

    private void counted(List<Finding> findings, String id, Metric metric, String what, String remedy) {
        double count = page.sum(metric);
        if (count > 0) {
            add(findings, id, Severity.warn, Figures.plain(count) + " " + what, remedy);
        }
    }

    private void process(List<Finding> findings) {
        if (page.has(MetricCatalogue.CONFIG_LAST_LOAD_SUCCESS)
                && page.sum(MetricCatalogue.CONFIG_LAST_LOAD_SUCCESS) == 0) {
            add(
                    findings,
                    "ADV406",
                    Severity.error,
                    "the last change of the configuration was not taken",
                    "run agw validate");
        }
        if (page.sum(MetricCatalogue.HEAP_PRESSURE) > 0) {
            add(
                    findings,
                    "ADV407",
                    Severity.error,
                    "requests are refused for want of memory",
                    "raise the memory limit");
        }
        double files = page.sum(RuntimeCatalogue.PROCESS_OPEN_FDS);
        double most = page.sum(RuntimeCatalogue.PROCESS_MAX_FDS);
        if (most > 0 && files > 0.8 * most) {
            add(
                    findings,
                    "ADV408",
                    Severity.warn,
                    Figures.percent(files / most) + " of the file descriptors are open",
                    "raise the limit of descriptors");
        }
    }

    /// The serial collector is what a JVM takes by itself on one CPU.
    private void collector(List<Finding> findings) {
        if (page.by(RuntimeCatalogue.GC_COLLECTIONS, "gc").containsKey("Copy")) {
            add(
                    findings,
                    "ADV409",
                    Severity.warn,
                    "the JVM runs its serial collector, which stops all streams at once",
                    "start it with -XX:+UseG1GC or -XX:+UseZGC, and set -XX:ActiveProcessorCount");
        }
        double share = page.sum(RuntimeCatalogue.GC_SECONDS) / Math.max(1, page.sum(RuntimeCatalogue.UPTIME));
        if (share > 0.05) {
            add(
                    findings,
                    "ADV410",
                    Severity.warn,
                    Figures.percent(share) + " of the time goes into collections",
                    "raise the heap");
        }
    }

    private static void add(List<Finding> findings, String id, Severity severity, String why, String remedy) {
        findings.add(new Finding(id, severity, "metrics", why, remedy));
    }
}
