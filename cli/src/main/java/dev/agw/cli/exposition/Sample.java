package dev.agw.cli.exposition;

import java.util.Map;

/// One line of a page: `agentgateway_requests_total{status="200"} 42`.
///
/// @param name as it is written, with `_bucket`, `_sum` and `_count` of histograms
public record Sample(String name, Map<String, String> labels, double value) {
    public Sample {
        labels = Map.copyOf(labels);
    }

    /// The value of a label; empty where it is absent, as Prometheus has it.
    public String label(String label) {
        return labels.getOrDefault(label, "");
    }

    /// The upper bound of a bucket, from its label `le`; infinite where there is none.
    public double bound() {
        return LineReader.value(labels.getOrDefault("le", "+Inf"));
    }
}
