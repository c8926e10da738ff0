package dev.agw.cli.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;

/// A result for programs; `agw size --bench` reads it. Times are in seconds.
///
/// ```json
/// {"schemaVersion": 1, "date": "...", "url": "...", "rate": {"offered": 20, "achieved": 19.9},
///  "latency": {"count": 600, "mean": 1.2, "p50": 1.1, ..., "percentiles": [...]},
///  "gateway": {"cpuPerRequest": 0.0009, ...}, "targets": [{"name": "p95", "verdict": "met", ...}]}
/// ```
public record ResultJson(Result result, List<Target> targets) {
    /// The JSON, in several lines.
    public String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schemaVersion", 1);
        head(json);
        counts(json);
        times(json.putObject("latency"), result.latency());
        times(json.putObject("firstToken"), result.firstToken());
        times(json.putObject("betweenTokens"), result.gap());
        times(json.putObject("lag"), result.lag());
        if (!result.methods().isEmpty()) {
            ObjectNode methods = json.putObject("methods");
            new TreeMap<>(result.methods()).forEach((name, times) -> times(methods.putObject(name), times));
        }
        result.gateway().ifPresent(gateway -> gateway(json.putObject("gateway"), gateway));
        targets(json.putArray("targets"));
        return json.toPrettyString() + "\n";
    }

    private void head(ObjectNode json) {
        Result.Surroundings around = result.surroundings();
        json.put("date", around.date());
        json.putObject("generator")
                .put("agw", around.version())
                .put("java", around.java())
                .put("cores", around.cores())
                .put("memoryBytes", around.memoryBytes());
        Plan plan = result.plan();
        json.put("url", plan.url().toString());
        if (plan.tool().isPresent()) {
            json.put("tool", plan.tool().get().name());
            json.put("calls", plan.tool().get().calls());
        } else {
            json.put("stream", plan.ask().stream());
            json.put("model", plan.ask().model());
        }
        json.put("warmUpSeconds", plan.pace().warmUp().toMillis() / 1e3);
        json.put("seconds", result.rates().seconds());
        json.putObject("rate")
                .put("offered", plan.pace().rate())
                .put("achieved", result.rates().answers());
    }

    private void counts(ObjectNode json) {
        Counts counts = result.counts();
        ObjectNode all = json.putObject("arrivals");
        all.put("sent", counts.sent())
                .put("answered", counts.answered())
                .put("failed", counts.failed())
                .put("dropped", counts.dropped());
        ObjectNode errors = json.putObject("errors");
        counts.errors().forEach(errors::put);
        json.putObject("concurrency")
                .put("mean", counts.meanUnderWay())
                .put("most", counts.mostUnderWay())
                .put("lambdaTimesW", result.lambdaTimesW());
        json.putObject("tokens")
                .put("total", counts.tokens())
                .put("perSecond", result.rates().tokens());
    }

    private static void times(ObjectNode json, Times times) {
        json.put("count", times.count())
                .put("mean", times.mean())
                .put("p50", times.p50())
                .put("p95", times.p95())
                .put("p99", times.p99())
                .put("max", times.max());
        ArrayNode percentiles = json.putArray("percentiles");
        times.percentiles().forEach(percentiles::add);
    }

    private static void gateway(ObjectNode json, GatewayView gateway) {
        json.put("requests", gateway.requests())
                .put("cpuPerRequest", gateway.cpuPerRequest())
                .put("cpuShare", gateway.cpuShare())
                .put("overheadP50", gateway.overheadP50())
                .put("overheadP99", gateway.overheadP99())
                .put("meanStreams", gateway.meanStreams())
                .put("residentBytes", gateway.residentBytes())
                .put("heapShare", gateway.heapShare())
                .put("gcSeconds", gateway.gcSeconds());
    }

    private void targets(ArrayNode json) {
        for (Target target : targets) {
            ObjectNode one = json.addObject()
                    .put("name", target.quantity().label())
                    .put("wanted", target.bound())
                    .put("verdict", target.verdict(result).name());
            target.quantity().of(result).ifPresent(actual -> one.put("actual", actual));
        }
    }
}
