package dev.agw.cli.upgrade;

import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.ExpressionCheck;
import dev.agw.cli.render.Fault;
import dev.agw.cli.upgrade.Check.About;
import dev.agw.schema.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether alerts and dashboards still see something afterwards: nobody notices a rule that has fallen silent.
final class RuleChecks {
    private static final String OURS = "agentgateway_";
    private static final ExpressionCheck CHECK = ExpressionCheck.of(Catalogue.known(), "cluster", Set.of());

    /// What is wrong with one rule.
    private record Wrong(Rule rule, String what, boolean grave) {
        @Override
        public String toString() {
            return rule.name() + ": " + what;
        }
    }

    /// Looks at one rule, beside the names of live samples.
    private interface Look {
        List<Wrong> of(Rule rule, List<PodMetrics> pods);
    }

    private RuleChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1601 metric-removed",
                        "Looks in rules and dashboards for metrics and labels that pods have now and this version of agw"
                                + " does not know: after an upgrade to it they fall silent.",
                        "render rules and dashboards with the version of the target",
                        RuleChecks::removed),
                check(
                        "AGW1602 metric-silent-now",
                        "Looks in rules and dashboards for metrics of the gateway that neither this version of agw nor a"
                                + " running pod knows: they are silent already.",
                        "correct the name; /metrics of a pod lists all",
                        RuleChecks::silent),
                check(
                        "AGW1603 bucket-reach",
                        "Compares thresholds of quantiles with the bounds of their histograms: a quantile is never larger"
                                + " than the last one.",
                        "compare with a bound of a bucket, or count the share above it",
                        (rule, pods) -> unreachable(rule)));
    }

    private static Check check(String name, String docs, String remedy, Look look) {
        return new Check(
                Category.CONFIGURATION,
                new About(name, Status.FAIL, docs, remedy),
                (snapshot, aim) -> snapshot.rules().isEmpty()
                        ? Finding.skip("no rules were given: --rules")
                        : judged(snapshot, look));
    }

    private static Finding judged(Snapshot snapshot, Look look) {
        List<Wrong> faults = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        int count = 0;
        for (RulesFile file : snapshot.rules()) {
            try {
                List<Rule> rules = RuleReader.read(file);
                count += rules.size();
                rules.forEach(rule -> faults.addAll(look.of(rule, Pods.read(snapshot))));
            } catch (IOException e) {
                unread.add(file.name() + ": neither YAML nor JSON: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            } catch (InvalidValueException e) {
                unread.add(e.message());
            }
        }
        return finding(faults, unread, count);
    }

    private static Finding finding(List<Wrong> faults, List<String> unread, int count) {
        List<String> evidence = faults.stream().map(Wrong::toString).distinct().toList();
        if (faults.stream().anyMatch(Wrong::grave)) {
            return Finding.fail("findings: " + evidence.size() + ", expressions: " + count, "none")
                    .with(evidence);
        }
        if (!unread.isEmpty()) {
            return Finding.unknown(unread.size() + " files could not be read").with(unread);
        }
        if (count == 0) {
            return Finding.unknown("there is no expression in the files");
        }
        return faults.isEmpty()
                ? Finding.pass(count + " expressions ask for nothing that is not there")
                : Finding.warn("findings: " + evidence.size() + ", expressions: " + count, "none")
                        .with(evidence);
    }

    private static List<Wrong> removed(Rule rule, List<PodMetrics> pods) {
        return faults(rule).stream()
                .flatMap(fault -> switch (fault.kind()) {
                    case METRIC ->
                        live(pods, fault.series())
                                ? Stream.of(new Wrong(rule, fault.series() + " will be gone", !rule.panel()))
                                : Stream.<Wrong>empty();
                    case LABEL ->
                        Stream.of(new Wrong(
                                rule, fault.message(), !rule.panel() && hasLabel(pods, fault.series(), fault.label())));
                    case BOUND, BEYOND, BETWEEN, SHARE, BOUNDLESS -> Stream.empty();
                })
                .toList();
    }

    /// What is wrong with what it asks of the gateway.
    private static List<Fault> faults(Rule rule) {
        return CHECK.faults(rule.expression()).stream()
                .filter(fault ->
                        fault.series().startsWith(OURS) && !fault.series().contains(":"))
                .toList();
    }

    private static boolean hasLabel(List<PodMetrics> pods, String metric, String label) {
        return pods.stream()
                .anyMatch(
                        pod -> pod.now().named(metric).anyMatch(s -> s.labels().containsKey(label)));
    }

    private static List<Wrong> silent(Rule rule, List<PodMetrics> pods) {
        return faults(rule).stream()
                .filter(fault -> fault.kind() == Fault.Kind.METRIC && !live(pods, fault.series()))
                .map(fault -> new Wrong(rule, fault.message(), !rule.panel() && !pods.isEmpty()))
                .toList();
    }

    private static boolean live(List<PodMetrics> pods, String metric) {
        return pods.stream().anyMatch(pod -> pod.now().has(metric));
    }

    private static List<Wrong> unreachable(Rule rule) {
        return faults(rule).stream()
                .flatMap(fault -> switch (fault.kind()) {
                    case BOUND, BEYOND, SHARE, BOUNDLESS -> Stream.of(new Wrong(rule, fault.message(), !rule.panel()));
                    case BETWEEN -> Stream.of(new Wrong(rule, fault.message(), false));
                    case METRIC, LABEL -> Stream.<Wrong>empty();
                })
                .toList();
    }
}
