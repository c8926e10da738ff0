package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.PageText;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {
    private static final Metric CALLS =
            new Metric("calls_total", MetricType.COUNTER, List.of("tool"), Buckets.NONE, "", "Calls.");
    private static final Metric SIZES = new Metric(
            "size_bytes", MetricType.HISTOGRAM, List.of("kind", "tool"), Buckets.of(1, 10), "bytes", "Sizes.");
    private static final Metric BARE = new Metric("checks", MetricType.COUNTER, List.of(), Buckets.NONE, "", "Checks.");
    private static final Metric LEVEL = new Metric("level", MetricType.GAUGE, List.of(), Buckets.NONE, "", "Level.");

    private final MetricRegistry registry = new MetricRegistry(100);

    private record Tool(Counter calls, Histogram in, Histogram out) {
        Tool() {
            this(new Counter(), new Histogram(SIZES.buckets()), new Histogram(SIZES.buckets()));
        }
    }

    private Family<SeriesKey.One, Tool> tools() {
        return registry.family(
                Tool::new,
                List.of(
                        Column.of(CALLS, Tool::calls),
                        new Column<>(SIZES, "in", Tool::in),
                        new Column<>(SIZES, "out", Tool::out)));
    }

    private void countSomething() {
        Tool tool = tools().of(new SeriesKey.One("add \"x\"\\\n"));
        tool.calls().add(3);
        tool.in().observe(0.5);
        tool.in().observe(10);
        tool.in().observe(11);
        registry.counter(BARE).increment();
        registry.gauge(LEVEL).set(1.5);
    }

    @Test
    void writesTextThatPrometheusReads() {
        countSomething();

        assertThat(page(Format.TEXT)).isEqualTo("""
                        # HELP agentgateway_metrics_overflow_total Recordings that found no room for a series of their own.
                        # TYPE agentgateway_metrics_overflow_total counter
                        agentgateway_metrics_overflow_total{family="calls_total"} 0
                        # HELP calls_total Calls.
                        # TYPE calls_total counter
                        calls_total{tool="add \\"x\\"\\\\\\n"} 3
                        # HELP size_bytes Sizes.
                        # TYPE size_bytes histogram
                        size_bytes_bucket{kind="in",tool="add \\"x\\"\\\\\\n",le="1.0"} 1
                        size_bytes_bucket{kind="in",tool="add \\"x\\"\\\\\\n",le="10.0"} 2
                        size_bytes_bucket{kind="in",tool="add \\"x\\"\\\\\\n",le="+Inf"} 3
                        size_bytes_sum{kind="in",tool="add \\"x\\"\\\\\\n"} 21.5
                        size_bytes_count{kind="in",tool="add \\"x\\"\\\\\\n"} 3
                        size_bytes_bucket{kind="out",tool="add \\"x\\"\\\\\\n",le="1.0"} 0
                        size_bytes_bucket{kind="out",tool="add \\"x\\"\\\\\\n",le="10.0"} 0
                        size_bytes_bucket{kind="out",tool="add \\"x\\"\\\\\\n",le="+Inf"} 0
                        size_bytes_sum{kind="out",tool="add \\"x\\"\\\\\\n"} 0
                        size_bytes_count{kind="out",tool="add \\"x\\"\\\\\\n"} 0
                        # HELP checks_total Checks.
                        # TYPE checks_total counter
                        checks_total 1
                        # HELP checks Checks.
                        # TYPE checks counter
                        checks 1
                        # HELP level Level.
                        # TYPE level gauge
                        level 1.5
                        """);
    }

    @Test
    void writesOpenMetrics() {
        countSomething();

        assertThat(page(Format.OPENMETRICS)).startsWith("""
                        # HELP agentgateway_metrics_overflow Recordings that found no room for a series of their own.
                        # TYPE agentgateway_metrics_overflow counter
                        agentgateway_metrics_overflow_total{family="calls_total"} 0
                        # HELP calls Calls.
                        # TYPE calls counter
                        calls_total{tool="add \\"x\\"\\\\\\n"} 3
                        # HELP size_bytes Sizes.
                        # TYPE size_bytes histogram
                        # UNIT size_bytes bytes
                        size_bytes_bucket{kind="in",
                        """.stripTrailing()).endsWith("""
                        # HELP checks_total Checks.
                        # TYPE checks_total unknown
                        checks_total 1
                        # HELP checks Checks.
                        # TYPE checks unknown
                        checks 1
                        # HELP level Level.
                        # TYPE level gauge
                        level 1.5
                        # EOF
                        """);
    }

    @Test
    void aHistogramWithoutLabelsHasItsBoundsAlone() {
        registry.<SeriesKey.None>histograms(
                        new Metric("wait_seconds", MetricType.HISTOGRAM, List.of(), Buckets.of(1), "seconds", "Wait."))
                .of(new SeriesKey.None())
                .observeNanos(-5);

        assertThat(page(Format.TEXT)).endsWith("""
                        wait_seconds_bucket{le="1.0"} 1
                        wait_seconds_bucket{le="+Inf"} 1
                        wait_seconds_sum 0
                        wait_seconds_count 1
                        """);
    }

    @Test
    void leavesOutWhatCannotBeRead() {
        registry.reading(LEVEL, () -> Double.NaN);

        assertThat(page(Format.TEXT)).doesNotContain("\nlevel ");
    }

    @Test
    void aFamilyWithoutChildrenDoesNotShow() {
        registry.counters(CALLS);

        assertThat(page(Format.TEXT)).doesNotContain("TYPE calls_total");
    }

    @Test
    void countsExactlyWhateverTheNumberOfThreads() {
        Family<SeriesKey.One, Tool> tools = tools();
        int threads = 16;
        int rounds = 5_000;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                executor.execute(() -> {
                    for (int round = 0; round < rounds; round++) {
                        Tool tool = tools.of(new SeriesKey.One("tool" + round % 7));
                        tool.calls().increment();
                        tool.in().observe(2);
                    }
                });
            }
        }

        List<Tool> all = IntStream.range(0, 7)
                .mapToObj(i -> tools.of(new SeriesKey.One("tool" + i)))
                .toList();
        assertThat(all.stream().mapToLong(tool -> tool.calls().value()).sum()).isEqualTo((long) threads * rounds);
        assertThat(all.stream().mapToLong(tool -> tool.in().count()).sum()).isEqualTo((long) threads * rounds);
        assertThat(all.stream().mapToDouble(tool -> tool.in().sum()).sum()).isEqualTo(2.0 * threads * rounds);
    }

    @Test
    void tenThousandLabelSetsFillOneFamilyAndNoMore() {
        Family<SeriesKey.One, Counter> family = registry.counters(CALLS);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            family.of(new SeriesKey.One(i + "-" + random.nextLong())).increment();
        }

        String page = page(Format.TEXT);
        assertThat(page.lines().filter(line -> line.startsWith("calls_total{"))).hasSize(101);
        assertThat(page)
                .contains("calls_total{tool=\"overflow\"} 9900\n")
                .contains("agentgateway_metrics_overflow_total{family=\"calls_total\"} 9900\n");
    }

    @Test
    void whatFindsNoRoomIsCountedFromZero() {
        registry.counters(CALLS);
        registry.gauge(LEVEL);

        assertThat(page(Format.TEXT))
                .contains("agentgateway_metrics_overflow_total{family=\"calls_total\"} 0\n")
                .doesNotContain("family=\"level\"");
    }

    @Test
    void theCapHoldsWhenManyThreadsFillIt() {
        Family<SeriesKey.One, Counter> family = registry.counters(CALLS);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                SeriesKey.One key = new SeriesKey.One("tool" + i);
                executor.execute(() -> family.of(key).increment());
            }
        }

        assertThat(page(Format.TEXT).lines().filter(line -> line.startsWith("calls_total{")))
                .hasSize(101)
                .contains("calls_total{tool=\"overflow\"} 1900");
    }

    @Test
    void aRemovedChildMakesRoom() {
        Family<SeriesKey.One, Counter> family = new MetricRegistry(1).counters(CALLS);
        Counter first = family.of(new SeriesKey.One("a"));
        family.remove(new SeriesKey.One("never there"));
        family.remove(new SeriesKey.One("a"));

        Counter second = family.of(new SeriesKey.One("b"));
        assertThat(second).isNotSameAs(first).isSameAs(family.of(new SeriesKey.One("b")));
        assertThat(family.of(new SeriesKey.One("c"))).isSameAs(family.of(new SeriesKey.One("d")));
    }

    @Test
    void refusesColumnsThatDifferInTheirLabels() {
        assertThatThrownBy(() ->
                        registry.family(Counter::new, List.of(Column.of(CALLS, c -> c), Column.of(SIZES, c -> c))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesKeysOfTheWrongWidth() {
        Family<SeriesKey.Two, Counter> family = registry.counters(CALLS);

        assertThatThrownBy(() -> family.of(new SeriesKey.Two("a", "b"))).hasMessage("expected 1 label values, found 2");
    }

    private String page(Format format) {
        return PageText.of(page -> registry.scrape(format, page));
    }
}
