package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A report for programs.
///
/// ```json
/// {"schemaVersion": 1, "to": "1.4.0", "phase": "pre", "counts": {"pass": 9, "warn": 0, "fail": 1, "skip": 3,
///  "unknown": 0}, "checks": [{"id": "AGW1701", "title": "error-gate", "category": "TRAFFIC", "status": "fail",
///  "observed": "...", "expected": "...", "evidence": [], "remediation": "...", "docs": "...", "durationMs": 0}]}
/// ```
final class ReportJson {
    private ReportJson() {}

    static String print(Report report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 1)
                .put("to", report.to())
                .put("phase", report.phase().name());
        ObjectNode counts = json.putObject("counts");
        List.of(Status.values()).forEach(status -> counts.put(status.word(), report.count(status)));
        var checks = json.putArray("checks");
        report.results().forEach(result -> check(result, checks.addObject()));
        return json.toPrettyString() + "\n";
    }

    private static void check(Report.Result result, ObjectNode json) {
        Check.About about = result.check().about();
        Finding finding = result.finding();
        json.put("id", about.id())
                .put("title", about.title())
                .put("category", result.check().category().name())
                .put("severity", about.severity().word())
                .put("status", finding.status().word())
                .put("observed", finding.observed())
                .put("expected", finding.expected());
        var evidence = json.putArray("evidence");
        finding.evidence().forEach(evidence::add);
        json.put("remediation", result.remedy()).put("docs", about.docs()).put("durationMs", result.millis());
    }
}
