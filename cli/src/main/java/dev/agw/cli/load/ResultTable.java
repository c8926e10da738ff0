package dev.agw.cli.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A result for people.
public record ResultTable(Result result, List<Target> targets) {
    /// Two tables: what was found, and how it meets the targets.
    public String text() {
        Table verdicts = new Table().row("TARGET", "WANTED", "ACTUAL", "VERDICT");
        for (Target target : targets) {
            verdicts.row(
                    target.quantity().label(),
                    target.wanted(),
                    target.actual(result),
                    target.verdict(result).name());
        }
        return header() + "\n" + findings() + "\n" + verdicts;
    }

    private String header() {
        Plan plan = result.plan();
        Result.Surroundings around = result.surroundings();
        return "%s, %s, %s/s for %s s after %s s of warm-up\n%s; load from agw %s, JDK %s, %d cores, %s\n"
                .formatted(
                        plan.url(),
                        asked(plan),
                        Figures.plain(plan.pace().rate()),
                        Figures.plain(result.rates().seconds()),
                        Figures.plain(plan.pace().warmUp().toMillis() / 1e3),
                        around.date(),
                        around.version(),
                        around.java(),
                        around.cores(),
                        Figures.bytes((double) around.memoryBytes()));
    }

    private static String asked(Plan plan) {
        return plan.tool()
                .map(tool -> "MCP sessions, tool " + tool.name() + " x " + tool.calls())
                .orElseGet(() -> (plan.ask().stream() ? "streamed" : "not streamed") + ", model "
                        + plan.ask().model());
    }

    private Table findings() {
        Counts counts = result.counts();
        Table table = new Table();
        table.row(
                "rate",
                Figures.plain(result.plan().pace().rate()) + "/s offered, "
                        + Figures.plain(result.rates().answers()) + "/s achieved");
        table.row(
                "arrivals",
                "%d sent, %d answered, %d failed, %d dropped"
                        .formatted(counts.sent(), counts.answered(), counts.failed(), counts.dropped()));
        table.row("errors", errors(counts));
        table.row(
                "concurrency",
                "mean %s, most %d; rate x mean latency %s"
                        .formatted(
                                Figures.plain(counts.meanUnderWay()),
                                counts.mostUnderWay(),
                                Figures.plain(result.lambdaTimesW())));
        table.row("latency", times(result.latency()));
        new TreeMap<>(result.methods()).forEach((name, times) -> table.row(name, times(times)));
        if (result.plan().tool().isEmpty() && result.plan().ask().stream()) {
            table.row("first token", times(result.firstToken()));
            table.row("between tokens", times(result.gap()));
        }
        if (result.plan().tool().isEmpty()) {
            table.row("tokens", Figures.plain(result.rates().tokens()) + "/s");
        }
        table.row("sent late by", times(result.lag()));
        result.gateway().ifPresent(gateway -> gateway(table, gateway));
        return table;
    }

    private void gateway(Table table, GatewayView gateway) {
        table.row(
                "gateway overhead",
                "p50 <= %s, p99 <= %s"
                        .formatted(Figures.seconds(gateway.overheadP50()), Figures.seconds(gateway.overheadP99())));
        table.row(
                "gateway CPU",
                "%s per 1000 requests, %s of its processors"
                        .formatted(
                                Figures.seconds(gateway.cpuPerRequest() * 1000), Figures.percent(gateway.cpuShare())));
        table.row(
                "gateway streams",
                "mean %s; rate x mean latency %s"
                        .formatted(Figures.plain(gateway.meanStreams()), Figures.plain(result.lambdaTimesW())));
        table.row(
                "gateway memory",
                "%s resident at most, heap used to %s at most"
                        .formatted(Figures.bytes(gateway.residentBytes()), Figures.percent(gateway.heapShare())));
        table.row("gateway GC", Figures.seconds(gateway.gcSeconds()) + " in all");
    }

    private static String errors(Counts counts) {
        return counts.failed() == 0
                ? "none"
                : counts.errors().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(error -> error.getKey() + ": " + error.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String times(Times times) {
        return times.any()
                ? "p50 %s, p95 %s, p99 %s, max %s"
                        .formatted(
                                Figures.seconds(times.p50()),
                                Figures.seconds(times.p95()),
                                Figures.seconds(times.p99()),
                                Figures.seconds(times.max()))
                : "none";
    }
}
