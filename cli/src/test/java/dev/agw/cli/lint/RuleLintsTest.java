package dev.agw.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLintsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-promql | sum(agentgateway_draining > 0",
                "label-unknown | agentgateway_draining{color=\"red\"} > 0",
                "label-unknown | sum by (namespace, color) (agentgateway_draining) > 0",
                "metric-unknown | agentgateway_drainings > 0",
                "metric-unknown | rate(process_cpu_seconds[5m]) > 1",
                "quantile-share | histogram_quantile(95, sum by (namespace, le)"
                        + " (rate(agentgateway_request_duration_seconds_bucket[5m]))) > bool 5 > 0",
                "quantile-without-le | histogram_quantile(0.95, sum by (namespace)"
                        + " (rate(agentgateway_request_duration_seconds_bucket[5m]))) / 2 > 5",
                "record-missing | namespace:agentgateway_requests:rate5m > 0",
                "bucket-reach | histogram_quantile(0.9, sum by (namespace, le)"
                        + " (rate(agentgateway_request_duration_seconds_bucket[5m]))) > 90",
                "bucket-reach | histogram_quantile(0.9, sum by (namespace, le)"
                        + " (rate(agentgateway_request_duration_seconds_bucket[5m]))) > 7",
                "counter-name | rate(agentgateway_guardrail_checks[5m]) > 7",
                "counter-without-rate | agentgateway_requests_total > 7",
                "counter-without-rate | sum by (namespace) (agentgateway_request_duration_seconds_count) > 7",
                "rate-of-gauge | rate(agentgateway_draining[5m]) > 1",
                "short-window | rate(agentgateway_requests_total[1m]) > 1",
                "never-matches | rate(agentgateway_requests_total[5m]) > 1 and hour() < 8",
                "never-matches | sum by (namespace, route) (rate(agentgateway_requests_total[5m])) > 1 and on (pod,"
                        + " route) sum by (pod) (agentgateway_draining) == 0",
                "never-matches | rate(agentgateway_requests_total[5m]) / agentgateway_draining > 1",
                "many-to-many | rate(agentgateway_llm_tokens_total[5m]) * on (provider, model) group_left"
                        + " agentgateway_model_cost_per_million{direction=\"input\"} > 1",
                "comparison-constant | agentgateway_draining > 0 and on () hour() <= 23",
                "comparison-constant | agentgateway_draining > 0 and on () 31 < day_of_month()",
                "half-missing | sum by (pod) (rate(agentgateway_retries_total[5m])) + sum by (pod)"
                        + " (rate(agentgateway_requests_total[5m])) > 9",
                "bad-pattern | agentgateway_draining{pod=~\"a(\"} > 0",
                "no-comparison | agentgateway_draining",
                "no-comparison | agentgateway_draining > bool 0",
                "ranked | topk by (pod) (3, agentgateway_draining) > 0",
                "no-traffic-floor | sum by (pod) (rate(agentgateway_requests_total{status=\"500\"}[5m])) / sum by"
                        + " (pod) (rate(agentgateway_requests_total[5m])) > 0.1",
                "single-event | sum by (pod) (rate(agentgateway_requests_total{reason=\"Timeout\"}[10m])) > 0",
                "absolute-rate | sum by (pod) (rate(agentgateway_requests_total{reason=\"Timeout\"}[5m])) > 2",
                "no-where | sum by (route) (rate(agentgateway_requests_total[5m])) > 2"
            })
    void tellsWhatIsWrongWithAnExpression(String title, String expr) {
        assertThat(Given.lints(Given.in("rules.yaml", Given.alert(expr))))
                .extracting(Lint::title)
                .containsExactly(title);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agentgateway_draining > 0",
                "node_load1{color=\"red\"} > 5",
                "rate(kube_pod_info_of_others_total[5m]) > 5",
                "histogram_quantile(0.9, sum by (pod) (rate(native[5m]))) > 5",
                "up{job=\"agw\"} == 0 unless on (pod) agentgateway_requests_total",
                "absent(up{job=\"agw\"})",
                "rate(agentgateway_requests_total[2m]) > 1",
                "increase(agentgateway_requests_total{reason=\"Timeout\"}[5m]) >= 10",
                "sum by (pod) (rate(agentgateway_requests_total{reason=\"Timeout\"}[5m])) > 0 unless on (pod)"
                        + " agentgateway_draining == 1",
                "rate(agentgateway_requests_total[5m]) > 1 and on () hour() < 8",
                "sum by (pod, route) (rate(agentgateway_requests_total[5m])) > 1 and on (pod) agentgateway_draining =="
                        + " 0",
                "(sum by (pod) (rate(agentgateway_retries_total[5m])) or 0 * agentgateway_draining) + sum by (pod)"
                        + " (rate(agentgateway_requests_total[5m])) > 9",
                "sum by (pod, model) (rate(agentgateway_llm_tokens_total[5m])) * on (model) group_left max by (model)"
                        + " (agentgateway_model_cost_per_million) > 1",
                "count by (pod) (sum by (pod, route) (rate(agentgateway_requests_total{status=\"500\"}[5m])) / sum by"
                        + " (pod, route) (rate(agentgateway_requests_total[5m])) > 0.1 and sum by (pod, route)"
                        + " (increase(agentgateway_requests_total[5m])) > 20) > 0",
                "avg_over_time((agentgateway_tokio_global_queue_depth > bool 10)[10m:1m]) > 0.7",
                "agentgateway_draining > 0 and on () day_of_week() == 6 and on () day_of_month() <= 7",
                "deriv(agentgateway_draining[5m]) > 1",
                "label_replace(agentgateway_draining, \"node\", \"$1\", \"pod\", \"(.*)\") > 0"
            })
    void leavesGoodExpressionsAlone(String expr) {
        assertThat(Given.in("rules.yaml", Given.alert(expr))).isEmpty();
    }

    @Test
    void idsAndTitlesAreUnique() {
        assertThat(Lint.all()).extracting(Lint::id).doesNotHaveDuplicates();
        assertThat(Lint.all()).extracting(Lint::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-for | agentgateway_draining > 0 | 0s | 0",
                "'' | increase(agentgateway_drain_cut_requests_total[5m]) > 0 | 0s | 0",
                "absent-without-for | absent(up) | 0s | 0",
                "short-for | agentgateway_draining > 0 | 30s | 0",
                "short-for | agentgateway_draining > 0 | 1m | 1m",
                "'' | agentgateway_draining > 0 | 2m | 1m"
            })
    void judgesForByTheExpressionAndByTheInterval(String titles, String expr, String hold, String interval) {
        String file = Given.alert(expr)
                .replace("for: 10m", "for: " + hold)
                .replace("- name: g", "- name: g\n  interval: " + interval);

        assertThat(Given.lints(Given.in("rules.yaml", file)))
                .extracting(Lint::title)
                .isEqualTo(titles.isEmpty() ? List.of() : List.of(titles));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template-label | {summary: '{{ $labels.route }}', runbook_url: u}",
                "value-in-summary | {summary: '{{ humanize $value }}', runbook_url: u}",
                "no-runbook | {summary: s}",
                "'' | {summary: s, description: '{{ $labels.pod }} {{ $value }}', runbook_url: u}"
            })
    void readsTexts(String titles, String annotations) {
        String file = Given.rule(
                "alert: A\n    expr: sum by (pod) (agentgateway_draining) > 0\n    for: 10m\n    annotations: "
                        + annotations);

        assertThat(Given.lints(Given.in("rules.yaml", file)))
                .extracting(Lint::title)
                .isEqualTo(titles.isEmpty() ? List.of() : List.of(titles));
    }

    @Test
    void aValueInALabelIsAnError() {
        String file = Given.alert("agentgateway_draining > 0") + "    labels: {level: '{{ $value }}'}\n";

        assertThat(Given.lints(Given.in("rules.yaml", file))).containsExactly(Lint.VALUE_IN_LABEL);
    }

    @Test
    void aRecordedExpressionIsKnownToAllFilesAndHasTheLabelsOfItsOwn() {
        String rules =
                Given.rule("record: pod:agentgateway_draining:max\n    expr: max by (pod) (agentgateway_draining)\n  - "
                        + "alert: A\n    expr: pod:agentgateway_draining:max > 0\n    for: 10m\n"
                        + "    annotations: {summary: s, description: '{{ $labels.route }}', runbook_url: u}");

        assertThat(Given.in("rules.yaml", rules))
                .singleElement()
                .hasToString("rules.yaml:6: alert A: error AGWR210: description asks for the label route,"
                        + " which the result does not have");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit-mismatch | level:agw_cost:per_hour | sum by (pod) (rate(agentgateway_requests_total[1h]))",
                "unit-mismatch | level:agw_daily:sum | sum by (pod) (rate(agentgateway_requests_total[1h]) * 60 * 60)",
                "'' | level:agw_cost:per_hour | sum by (pod) (rate(agentgateway_requests_total[1h])) * 60 * 60",
                "'' | level:agw_cost:per_hour | sum by (pod) (increase(agentgateway_requests_total[1h]))",
                "record-name | requests | sum by (pod) (rate(agentgateway_requests_total[1h]))"
            })
    void namesOfRecordsSayWhatTheyAre(String titles, String name, String expr) {
        assertThat(Given.lints(Given.in("rules.yaml", Given.rule("record: " + name + "\n    expr: '" + expr + "'"))))
                .extracting(Lint::title)
                .isEqualTo(titles.isEmpty() ? List.of() : List.of(titles));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | pod:spend:rate1h > 10",
                "true | pod:spend:rate1h * 60 > 10",
                "true | pod:spend:rate1h > 10 / 60",
                "false | pod:spend:rate1h * 3600 > 10",
                "false | 3600 * sum by (pod) (pod:spend:rate1h) > 10",
                "false | pod:spend:rate1h / (1 / 3600) > 10",
                "false | pod:spend:rate1m * 60 > 10",
                "false | pod:spend:rate1h * 3600 > 10 and rate(agentgateway_requests_total[5m]) > 1",
                "false | rate(agentgateway_requests_total[5m]) > 10 / 3600",
                "false | rate(agentgateway_requests_total[5m]) == 0"
            })
    void whatIsCalledHourlyIsMultipliedByTheRecordsAndTheirUsers(boolean told, String expr) {
        String records = "groups:\n- name: r\n  rules:\n"
                + "  - {record: pod:spend:rate1h, expr: 'sum by (pod) (rate(agentgateway_requests_total[1h]))'}\n"
                + "  - {record: pod:spend:rate1m, expr: 'pod:spend:rate1h * 60'}\n"
                + "  - {record: pod:own:rate1m, expr: 'pod:own:rate1m + 1'}\n";
        String alert = Given.alert(expr).replace("alert: A", "alert: HourlySpendHigh");

        assertThat(Given.lints(Given.in("rules.yaml", records + "---\n" + alert))
                        .contains(Lint.UNIT_MISMATCH))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "sum(", "- ", "1 ^ ", "agentgateway_draining + "})
    void anExpressionThatIsTooDeepIsNoPromql(String part) {
        String close = part.contains("(") ? ")" : "";
        String expr = part.repeat(20_000) + "agentgateway_draining" + close.repeat(20_000);

        assertThat(Given.in("rules.yaml", Given.alert(expr)))
                .singleElement()
                .matches(finding -> finding.lint() == Lint.NO_PROMQL)
                .matches(finding -> finding.found().contains("at most 250"));
    }

    @Test
    void aSumOfAHundredPartsIsRead() {
        String sum = "agentgateway_draining + ".repeat(200) + "agentgateway_draining > 0";

        assertThat(Given.in("rules.yaml", Given.alert(sum))).isEmpty();
        assertThat(Given.in("rules.yaml", Given.alert("+".repeat(20_000) + " agentgateway_draining > 0")))
                .isEmpty();
    }

    @Test
    void jsonThatIsTooDeepIsUnreadable() {
        assertThat(Given.lints(Given.in("a.json", "[".repeat(100_000)))).containsExactly(Lint.UNREADABLE);
        assertThat(Given.lints(Given.in("a.json", "{\"items\":[".repeat(90) + "]}".repeat(90))))
                .containsExactly(Lint.NOTHING_TO_CHECK);
    }

    @ParameterizedTest
    @CsvSource({"for: 10m, for: 5x", "for: 10m, 'for: 10m, keep_firing_for: 1 h'"})
    void aTimeThatIsNoneIsToldAsThat(String from, String to) {
        String rule =
                "{alert: A, expr: agentgateway_draining > 0, for: 10m, annotations: {summary: s, runbook_url: u}}";
        String file = "groups:\n- rules:\n  - " + rule.replace(from, to) + "\n";

        assertThat(Given.lints(Given.in("rules.yaml", file))).containsExactly(Lint.NO_DURATION);
        assertThat(Given.lints(Given.in("rules.yaml", file.replace("- rules", "- interval: 5x\n  rules"))))
                .containsExactly(Lint.NO_DURATION);
    }

    @Test
    void whatOthersHaveIsAWarningAtMost() {
        assertThat(Given.in("rules.yaml", Given.alert("rate(process_cpu_seconds[5m]) > 1")))
                .singleElement()
                .matches(finding -> finding.severity() == Severity.warn)
                .matches(finding -> finding.found().endsWith("did you mean \"process_cpu_seconds_total\"?"));
        assertThat(Given.in("rules.yaml", Given.alert("agentgateway_nothing > 1")))
                .singleElement()
                .matches(finding -> finding.severity() == Severity.error)
                .matches(finding -> finding.found().equals("there is no metric agentgateway_nothing"));
    }

    @Test
    void aWindowWithoutTwoScrapesIsAnError() {
        assertThat(Given.in("rules.yaml", Given.alert("rate(agentgateway_requests_total[45s]) > 1")))
                .singleElement()
                .matches(finding -> finding.lint() == Lint.SHORT_WINDOW && finding.severity() == Severity.error);
    }

    @Test
    void filesThatHoldNothingOrCannotBeReadAreTold() {
        assertThat(Given.lints(Given.in("a.yaml", "a: [1"))).containsExactly(Lint.UNREADABLE);
        assertThat(Given.lints(Given.in("a.yaml", "kind: Service\n"))).containsExactly(Lint.NOTHING_TO_CHECK);
    }
}
