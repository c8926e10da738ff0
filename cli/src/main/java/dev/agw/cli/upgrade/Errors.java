package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Sample;
import java.util.List;

/// Requests within the window, and those that failed by the gateway's own fault: 5xx that no backend answered with.
public record Errors(double own, double all) {
    private static final String REQUESTS = "agentgateway_requests_total";

    static Errors of(List<PodMetrics> pods) {
        return new Errors(sum(pods, Errors::own), sum(pods, sample -> true));
    }

    private static double sum(List<PodMetrics> pods, java.util.function.Predicate<Sample> chosen) {
        return pods.stream().mapToDouble(pod -> pod.growth(REQUESTS, chosen)).sum();
    }

    private static boolean own(Sample sample) {
        return sample.label("status").startsWith("5") && !sample.label("reason").equals("Upstream");
    }

    /// The share that failed; 0 without requests.
    double ratio() {
        return all == 0 ? 0 : own / all;
    }

    @Override
    public String toString() {
        return Figures.count(own) + " of " + Figures.count(all) + " requests failed by the gateway's own fault ("
                + Figures.percent(ratio()) + ")";
    }
}
