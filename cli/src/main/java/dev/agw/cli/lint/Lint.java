package dev.agw.cli.lint;

import static dev.agw.cli.lint.Severity.error;
import static dev.agw.cli.lint.Severity.warn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything that is looked for. `AGW16xx` are the ids by which `agw check-upgrade` tells the same.
public enum Lint {
    UNREADABLE(
            "AGWR001", error, "The file is neither YAML nor JSON.", "something that can be read", "correct the syntax"),
    NOTHING_TO_CHECK(
            "AGWR002",
            warn,
            "There is no rule, dashboard or autoscaler in the file.",
            "rules, a PrometheusRule, a dashboard, an HPA or a ScaledObject",
            "leave the file out"),
    NO_PROMQL("AGWR003", error, "Prometheus does not read the expression.", "PromQL", "correct the expression"),
    LABEL_UNKNOWN(
            "AGW1601",
            error,
            "A label that the metric does not have: a matcher finds nothing, a grouping tells nothing apart.",
            "a label of the metric",
            "correct the name"),
    METRIC_UNKNOWN(
            "AGW1602",
            error,
            "A metric that nobody has: the expression is silent whatever happens.",
            "a metric of the catalogue",
            "correct the name; agw's /metrics lists all"),
    BUCKET_REACH(
            "AGW1603",
            error,
            "A histogram cannot tell the threshold: a quantile is never above the last bound, and a guess between two.",
            "a threshold that is a bound of the histogram, below the last one",
            "compare with a bound, or alert on the share of what is above one"),
    COUNTER_NAME(
            "AGWR101",
            warn,
            "A counter by a name without _total: OpenMetrics and other gateways have it with _total alone.",
            "the name with _total",
            "append _total"),
    COUNTER_WITHOUT_RATE(
            "AGWR102",
            error,
            "A counter as it is: it has grown since the process began, and starts again with it.",
            "rate(), increase() or their like around it",
            "put rate() around it"),
    RATE_OF_GAUGE(
            "AGWR103",
            error,
            "rate(), irate() or increase() of a gauge: each fall counts as a restart.",
            "a counter, or deriv() and delta()",
            "use deriv() or delta()"),
    SHORT_WINDOW(
            "AGWR104",
            warn,
            "A rate needs two samples, and should outlive a scrape that fails.",
            "a window of at least four scrape intervals",
            "widen the window"),
    NEVER_MATCHES(
            "AGWR105",
            error,
            "Two sides have no labels in common to be matched by, so the whole is empty.",
            "on(...) or ignoring(...) with labels that both sides have; and binds from the left",
            "add on(), or parentheses"),
    MANY_TO_MANY(
            "AGWR106",
            warn,
            "The side that must have one series per match has several once a second instance runs: the rule then"
                    + " fails.",
            "one series per match",
            "aggregate that side by the labels of on(...)"),
    COMPARISON_CONSTANT(
            "AGWR107",
            error,
            "A comparison that is always, or never, true.",
            "a value that can be on either side",
            "correct the number, or leave the comparison out"),
    HALF_MISSING(
            "AGWR108",
            warn,
            "A sum or difference is empty as soon as one side has no series.",
            "one selector for both sides, or `or` with 0 behind each",
            "use one expression, or add `or 0 * ...`"),
    BAD_PATTERN(
            "AGWR109",
            error,
            "A regular expression that Prometheus refuses.",
            "a regular expression in the syntax of RE2",
            "correct it"),
    UNIT_MISMATCH(
            "AGWR110",
            error,
            "The name speaks of an hour or a day, the expression reckons per second: rate() is per second.",
            "a rate times 3600 per hour, 86400 per day",
            "multiply, or name the unit that it is in"),
    RECORD_MISSING(
            "AGWR111",
            error,
            "A recorded expression that none of the files records.",
            "a rule that records it",
            "add the rule, or check its file, too"),
    RECORD_NAME(
            "AGWR112",
            warn,
            "The name of a recorded expression says what it was made of: level:metric:operations.",
            "a name such as gateway:agentgateway_requests:rate5m",
            "rename it"),
    QUANTILE_SHARE(
            "AGWR113",
            error,
            "A quantile of a share beyond 0 to 1 is infinite, whatever the data.",
            "a share from 0 to 1",
            "write 0.95 for the 95th percentile"),
    QUANTILE_WITHOUT_LE(
            "AGWR114",
            error,
            "A quantile of buckets needs their bounds: without the label le, there is no result.",
            "le among the labels that the aggregation keeps",
            "add le to by (...)"),
    NO_DURATION(
            "AGWR115",
            error,
            "Prometheus does not read the length of time, and refuses the whole file.",
            "a length of time such as 5m or 1h30m",
            "correct it"),
    NO_COMPARISON(
            "AGWR201",
            error,
            "The alert compares nothing: it fires for every series that there is, whatever its value.",
            "a comparison",
            "add the threshold"),
    NO_FOR(
            "AGWR202",
            warn,
            "Without for, one sample beyond the threshold fires, and the next one resolves.",
            "for: with at least two evaluations, or a window that is counted over",
            "add for"),
    SHORT_FOR(
            "AGWR203",
            warn,
            "for is shorter than two evaluations: it filters nothing.",
            "for: of at least two evaluation intervals",
            "lengthen for"),
    ABSENT_WITHOUT_FOR(
            "AGWR204",
            warn,
            "absent() without for fires when Prometheus starts, and with each failed scrape.",
            "for: of some minutes",
            "add for"),
    RANKED(
            "AGWR205",
            warn,
            "topk() and its like change their members: the alert begins anew each time.",
            "a threshold",
            "leave topk() to dashboards"),
    NO_TRAFFIC_FLOOR(
            "AGWR206",
            warn,
            "A share of little traffic: one failure of two requests is 50 %.",
            "and a least number of events: and increase(...) >= 10",
            "add the floor"),
    SINGLE_EVENT(
            "AGWR207",
            warn,
            "A rate above 0 stays so for its whole window: one event outlasts for, which then filters nothing.",
            "a share, a least number of events, or for longer than the window",
            "compare with more than 0"),
    ABSOLUTE_RATE(
            "AGWR208",
            warn,
            "Failures per second say nothing without the traffic: too many for a quiet gateway, too few for a busy"
                    + " one.",
            "a share of all, with a least number of events",
            "divide by the rate of all"),
    NO_WHERE(
            "AGWR209",
            warn,
            "The alert has no label that says where: clusters and namespaces fall together.",
            "cluster and namespace, pod or instance among the labels of the result",
            "group by them"),
    TEMPLATE_LABEL(
            "AGWR210",
            error,
            "A text asks for a label that the result of the expression does not have: nothing stands there.",
            "a label of the result",
            "group by it, or leave it out"),
    VALUE_IN_LABEL(
            "AGWR211",
            error,
            "A label with the value in it: each new value is a new alert.",
            "the value in an annotation",
            "move it to the description"),
    VALUE_IN_SUMMARY(
            "AGWR212",
            warn,
            "A summary with the value in it differs with each notification, and grouped alerts have as many.",
            "a sentence that is the same for all, the value in the description",
            "move it to the description"),
    NO_RUNBOOK(
            "AGWR213",
            warn,
            "Nobody is told what to do.",
            "the annotation runbook_url",
            "write a runbook, and link it"),
    NOTHING_WHEN_GONE(
            "AGWR214",
            warn,
            "No alert fires when the gateways are gone: all of these are silent then.",
            "an alert of absent() or up",
            "add one; agw render-alerts has it"),
    DATASOURCE_VARIABLE(
            "AGWR301",
            warn,
            "The dashboard shows one Prometheus alone.",
            "a variable of type datasource, and panels that use it",
            "add the variable"),
    PANEL_DATASOURCE(
            "AGWR302",
            warn,
            "The panel asks a Prometheus of its own.",
            "a variable as data source",
            "use the variable"),
    PANEL_TEXT("AGWR303", warn, "The panel does not say what it shows.", "a title and a description", "add them"),
    PANEL_UNIT("AGWR304", warn, "The panel does not say in what unit.", "fieldConfig.defaults.unit", "add it"),
    PANEL_WINDOW(
            "AGWR305",
            warn,
            "A fixed window: it skips samples when people look at a day, and is empty when they look closely.",
            "[$__rate_interval]",
            "use $__rate_interval"),
    PANEL_SELECTION(
            "AGWR306",
            warn,
            "The panel adds up what may be of other jobs, clusters or namespaces.",
            "a matcher of job, instance, cluster, namespace, gateway or pod",
            "add a matcher"),
    PANEL_AGGREGATION(
            "AGWR307",
            warn,
            "A line for each series of a counter: hundreds on a busy gateway.",
            "sum by (...) around the rate",
            "aggregate it"),
    VARIABLE_REFRESH(
            "AGWR308",
            warn,
            "The choices of a variable are those of the time that the dashboard was opened at.",
            "refresh: 2",
            "refresh it when the time range changes"),
    EDITABLE(
            "AGWR309",
            warn,
            "What people change in Grafana is lost with the next import.",
            "editable: false",
            "set it"),
    DASHBOARD_UID(
            "AGWR310",
            warn,
            "Links to the dashboard break with each import, or it takes the place of another.",
            "a uid of at most 40 characters, and no id",
            "set uid, and take id away"),
    PANEL_VARIABLE(
            "AGWR311",
            error,
            "A variable that the dashboard does not have: Grafana leaves its name in the expression.",
            "a variable of the dashboard, or one of Grafana's own such as $__rate_interval",
            "add the variable, or correct its name"),
    SCALER_METRIC(
            "AGWR401",
            error,
            "The autoscaler waits for a metric that nobody has: it never scales by it, and never scales down.",
            "a metric of the catalogue",
            "correct the name"),
    SCALER_METRIC_PENDING("AGWR402", warn, "Nothing moves that metric yet.", "a metric that moves", "scale by another"),
    SCALER_COUNTER(
            "AGWR403",
            error,
            "A counter only grows: so would the number of replicas.",
            "a gauge, or the rate of the counter from an adapter",
            "scale by a gauge"),
    SCALER_LIMITS("AGWR404", error, "The least number of replicas is above the most.", "min <= max", "exchange them"),
    SCALER_MIN(
            "AGWR405",
            warn,
            "With one replica each restart is an outage.",
            "at least 2 replicas",
            "raise the least number"),
    REPLICAS_BESIDE_SCALER(
            "AGWR406",
            error,
            "Each apply sets the number of replicas back that the autoscaler has chosen.",
            "no replicas where an autoscaler is",
            "take replicas away"),
    TWO_SCALERS(
            "AGWR407",
            error,
            "Two autoscalers of the same target undo each other's work.",
            "one autoscaler per target",
            "take one away");

    private final String id;
    private final Severity severity;
    private final String docs;
    private final String expected;
    private final String remedy;

    Lint(String id, Severity severity, String docs, String expected, String remedy) {
        this.id = id;
        this.severity = severity;
        this.docs = docs;
        this.expected = expected;
        this.remedy = remedy;
    }

    /// Stays the same as long as there is a finding of the kind.
    public String id() {
        return id;
    }

    /// A short name, as good as the id.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How bad it is, as a rule.
    public Severity severity() {
        return severity;
    }

    /// What is wrong, and why that matters.
    public String docs() {
        return docs;
    }

    /// What would be right.
    public String expected() {
        return expected;
    }

    /// What to do.
    public String remedy() {
        return remedy;
    }

    /// The one of that id or title.
    public static Optional<Lint> named(String word) {
        return Arrays.stream(values())
                .filter(lint -> lint.id.equalsIgnoreCase(word) || lint.title().equals(word))
                .findFirst();
    }

    /// All, by id.
    public static List<Lint> all() {
        return List.of(values());
    }
}
