package dev.agw.cli.upgrade;

import dev.agw.cli.promql.Quantile;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.upgrade.Check.About;
import dev.agw.schema.InvalidValueException;
import dev.agw.telemetry.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether alerts and dashboards still see something afterwards: nobody notices a rule that has fallen silent.
final class RuleChecks {
    /// Labels that scraping adds, and the bounds of buckets.
    private static final Set<String> OF_SCRAPES =
            Set.of("job", "instance", "namespace", "pod", "container", "service", "endpoint", "cluster", "node", "le");

    /// What is wrong with one rule.
    private record Fault(Rule rule, String what, boolean grave) {
        @Override
        public String toString() {
            return rule.name() + ": " + what;
        }
    }

    /// Looks at one rule, beside the names of live samples.
    private interface Look {
        List<Fault> of(Rule rule, List<PodMetrics> pods);
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
        List<Fault> faults = new ArrayList<>();
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

    private static Finding finding(List<Fault> faults, List<String> unread, int count) {
        List<String> evidence = faults.stream().map(Fault::toString).distinct().toList();
        if (faults.stream().anyMatch(Fault::grave)) {
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

    private static List<Fault> removed(Rule rule, List<PodMetrics> pods) {
        List<Fault> faults = new ArrayList<>();
        for (Selector selector : rule.selectors()) {
            Optional<Metric> known = KnownMetrics.named(selector.name());
            if (known.isEmpty() && live(pods, selector.name())) {
                faults.add(new Fault(rule, selector.name() + " will be gone", !rule.panel()));
            }
            known.ifPresent(metric -> faults.addAll(labels(rule, selector, metric, pods)));
        }
        return faults;
    }

    private static List<Fault> labels(Rule rule, Selector selector, Metric metric, List<PodMetrics> pods) {
        Set<String> unknown = selector.matchers().stream()
                .map(Selector.Matcher::label)
                .collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(metric.labels());
        unknown.removeAll(OF_SCRAPES);
        return unknown.stream()
                .map(label -> new Fault(
                        rule,
                        "the label " + label + " is none of " + selector.name(),
                        !rule.panel() && hasLabel(pods, selector.name(), label)))
                .toList();
    }

    private static boolean hasLabel(List<PodMetrics> pods, String metric, String label) {
        return pods.stream()
                .anyMatch(
                        pod -> pod.now().named(metric).anyMatch(s -> s.labels().containsKey(label)));
    }

    private static List<Fault> silent(Rule rule, List<PodMetrics> pods) {
        return rule.selectors().stream()
                .map(Selector::name)
                .filter(metric -> KnownMetrics.named(metric).isEmpty() && !live(pods, metric))
                .map(metric -> new Fault(rule, "there is no " + metric, !rule.panel() && !pods.isEmpty()))
                .toList();
    }

    private static boolean live(List<PodMetrics> pods, String metric) {
        return pods.stream().anyMatch(pod -> pod.now().has(metric));
    }

    private static List<Fault> unreachable(Rule rule) {
        List<Fault> faults = new ArrayList<>();
        for (Quantile limit : rule.limits()) {
            KnownMetrics.named(limit.series())
                    .map(metric -> metric.buckets().bounds())
                    .filter(bounds -> !bounds.isEmpty())
                    .ifPresent(bounds -> unreachable(rule, limit, bounds).ifPresent(faults::add));
        }
        return faults;
    }

    private static Optional<Fault> unreachable(Rule rule, Quantile limit, List<Double> bounds) {
        String threshold = "the threshold " + Figures.count(limit.threshold());
        if (limit.threshold() >= bounds.getLast()) {
            String last = " is not below the last bound of " + limit.series() + ", " + Figures.count(bounds.getLast());
            return Optional.of(new Fault(rule, threshold + last + ": never true", !rule.panel()));
        }
        return bounds.contains(limit.threshold())
                ? Optional.empty()
                : Optional.of(new Fault(rule, threshold + " is no bound of " + limit.series() + ": a guess", false));
    }
}
