package dev.agw.cli.sizing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agw.cli.exposition.MetricsPage;
import dev.agw.resource.ResourceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The tuning checklist and the decision trees, run against a configuration and, where it is at hand, its gateway's
/// metrics.
///
/// @param findings the most pressing first
public record Advice(List<Finding> findings) {
    public Advice {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::id))
                .toList();
    }

    /// Looks at everything.
    ///
    /// @param drain how long an end waits for what runs
    public static Advice of(ResourceSet resources, Duration drain, Optional<MetricsPage> metrics) {
        List<Finding> findings = new ArrayList<>(new BackendAdvice(resources).findings());
        findings.addAll(new TimeoutAdvice(resources, drain).findings());
        findings.addAll(new DeploymentAdvice(resources).findings());
        metrics.ifPresent(page -> findings.addAll(new MetricsAdvice(page, drain).findings()));
        findings.addAll(new ModelAdvice(resources).findings());
        return new Advice(findings);
    }

    /// Whether anything hurts now.
    public boolean pressing() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.error);
    }

    /// Three lines each.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("%s %s %s\n  %s\n  -> %s\n"
                    .formatted(finding.id(), finding.severity(), finding.where(), finding.why(), finding.remedy()));
        }
        return text.toString();
    }

    /// A list of objects.
    public String json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            all.addObject()
                    .put("id", finding.id())
                    .put("severity", finding.severity().name())
                    .put("where", finding.where())
                    .put("why", finding.why())
                    .put("remedy", finding.remedy());
        }
        return all.toPrettyString() + "\n";
    }
}
