package dev.agw.cli.render;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Numbers;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The test of one alert for `promtool test rules`. Times and volumes follow the values, so that a test passes with
/// every threshold that is rendered, and fails if the rule does not mean what its values say.
final class RuleTestFile {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final double SAMPLES_PER_WINDOW = 5;
    /// Prometheus forgets a level after five minutes.
    private static final double LONGEST_STEP = 240;
    private static final int MARGIN = 3;
    private static final double LEAST_VOLUME = 1000;
    private static final String NONE = "_";
    private static final String TO_AND_FRO = "~";

    private final Alert alert;
    private final Catalogue catalogue;
    private final Yaml yaml = new Yaml();

    /// How long the phases are.
    ///
    /// @param step seconds between samples
    /// @param lead samples before the first phase
    /// @param steps of a phase
    private record Pace(double step, int lead, int steps) {
        double end(int phase) {
            return step * (lead + (phase + 1) * steps);
        }
    }

    private RuleTestFile(Alert alert, Catalogue catalogue) {
        this.alert = alert;
        this.catalogue = catalogue;
    }

    /// The test of `alert`, for rules that lie beside it under that name.
    static String of(Alert alert, Catalogue catalogue, String rules) {
        RuleTestFile file = new RuleTestFile(alert, catalogue);
        file.yaml.comment(0, "What " + alert.name() + " does, rendered by agw render-alerts --tests.");
        file.yaml.line(0, "rule_files:").line(1, "- " + rules);
        file.yaml.line(
                0,
                "evaluation_interval: "
                        + Numbers.time(file.pace(alert.tests().getFirst()).step()));
        file.yaml.line(0, "tests:");
        alert.tests().forEach(file::test);
        return file.yaml.toString();
    }

    private void test(RuleSource.Test test) {
        Pace pace = pace(test);
        Scope scope = scope(pace);
        yaml.line(1, "- name: " + Yaml.quote(test.name())).line(2, "interval: " + Numbers.time(pace.step()));
        yaml.line(2, "input_series:");
        new TreeMap<>(test.series()).forEach((series, levels) -> {
            yaml.line(3, "- series: '" + scope.fill(series) + "'");
            yaml.line(4, "values: " + values(series, scope.fill(levels), pace));
        });
        yaml.line(2, "promql_expr_test:");
        for (int phase = 0; phase < test.expect().size(); phase++) {
            boolean fires = test.expect().get(phase) == RuleSource.State.firing;
            if (fires && phase > 0) {
                before(pace, phase);
            }
            expect(pace.end(phase), fires ? Optional.of(test.labels().orElse("")) : Optional.empty(), scope);
        }
    }

    /// Just before it has been true for long enough, it does not fire.
    private void before(Pace pace, int phase) {
        double early = Amount.of(alert.hold()).value() - pace.step();
        if (early > 0) {
            expect(
                    pace.end(phase - 1) + Math.floor(early / pace.step()) * pace.step(),
                    Optional.empty(),
                    alert.scope());
        }
    }

    private void expect(double at, Optional<String> labels, Scope scope) {
        yaml.line(3, "- expr: ALERTS{alertname=\"" + alert.name() + "\",alertstate=\"firing\"}");
        yaml.line(4, "eval_time: " + Numbers.time(at));
        labels.ifPresent(firing -> {
            yaml.line(4, "exp_samples:")
                    .line(5, "- labels: " + Yaml.quote(firing(scope.fill(firing))))
                    .line(6, "value: 1");
        });
    }

    private String firing(String labels) {
        Map<String, String> all = new TreeMap<>();
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            all.put(label.group(1), label.group(2));
        }
        all.putAll(alert.labels());
        all.put("alertname", alert.name());
        all.put("alertstate", "firing");
        all.put("severity", alert.severity().name());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Yaml.quote(entry.getValue()))
                .collect(Collectors.joining(",", "ALERTS{", "}"));
    }

    private Pace pace(RuleSource.Test test) {
        double window = alert.scope().numbers().getOrDefault("window", 0.0);
        double hold = Amount.of(alert.hold()).value();
        double usual = Math.min(LONGEST_STEP, (window > 0 ? window : hold) / SAMPLES_PER_WINDOW);
        double step =
                Math.max(1, Math.floor(test.step().map(alert.scope()::number).orElse(usual)));
        Scope scope = scope(new Pace(step, 0, 0));
        double kept = alert.keepFiringFor().map(Amount::of).map(Amount::value).orElse(0.0);
        double phase = test.phase().map(scope::number).orElse(window + hold) + kept;
        double lead = test.lead().map(scope::number).orElse(0.0);
        return new Pace(step, (int) Math.ceil(lead / step), (int) Math.ceil(phase / step) + MARGIN);
    }

    private Scope scope(Pace pace) {
        Map<String, Double> numbers = alert.scope().numbers();
        double floor = numbers.getOrDefault("minEvents", 0.0);
        double share = numbers.getOrDefault("share", numbers.getOrDefault("threshold", 1.0));
        double volume = Math.max(LEAST_VOLUME, 2 * floor / (share > 0 && share < 1 ? share : 1));
        return alert.scope().with("step", pace.step()).with("volume", volume);
    }

    private String values(String series, String levels, Pace pace) {
        List<String> phases = List.of(levels.split("\\|", -1));
        String name = series.substring(0, series.indexOf('{'));
        List<String> values = new ArrayList<>();
        if (pace.lead() > 0) {
            values.add(NONE + "x" + pace.lead());
        }
        boolean counts = catalogue.find(name).map(Metric::type).orElse(MetricType.GAUGE) != MetricType.GAUGE;
        double count = 0;
        for (int phase = 0; phase < phases.size(); phase++) {
            String level = phases.get(phase).strip();
            // the first sample is the one that the first phase starts from
            int samples = pace.steps() + (phase == 0 && pace.lead() == 0 ? 1 : 0);
            values.add(phase(phase, level, samples, counts, count));
            count += counts && !level.equals(NONE) ? Double.parseDouble(level) * pace.steps() : 0;
        }
        return String.join(" ", values);
    }

    private static String phase(int phase, String level, int samples, boolean counts, double before) {
        if (level.equals(NONE)) {
            return nothing(phase, samples);
        }
        return level.contains(TO_AND_FRO)
                ? toAndFro(level.split(TO_AND_FRO), samples)
                : run(counts, before, Double.parseDouble(level), samples);
    }

    /// What was there before is gone, and not only late.
    private static String nothing(int phase, int samples) {
        return phase == 0 ? NONE + "x" + samples : "stale " + NONE + "x" + (samples - 1);
    }

    /// One level after the other, and again from the first.
    private static String toAndFro(String[] levels, int samples) {
        return IntStream.range(0, samples)
                .mapToObj(sample -> levels[sample % levels.length])
                .collect(Collectors.joining(" "));
    }

    /// `a+bxn` are n + 1 samples.
    private static String run(boolean counts, double before, double level, int samples) {
        double growth = counts ? level : 0;
        double first = counts ? before + growth : level;
        return Numbers.plain(first) + "+" + Numbers.plain(growth) + "x" + (samples - 1);
    }
}
