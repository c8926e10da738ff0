package dev.agw.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.exposition.MetricsPage;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.RuntimeCatalogue;
import org.junit.jupiter.api.Test;

class BucketTimesTest {
    private final MetricsPage page = MetricsPage.parse("""
        # HELP agentgateway_requests_total HTTP requests answered.
        agentgateway_requests_total{backend="a",reason="Upstream",status="200"} 30
        agentgateway_requests_total{backend="b",reason="Timeout",status="504"} 2
        agentgateway_overhead_duration_seconds_bucket{route="r",le="0.001"} 20
        agentgateway_overhead_duration_seconds_bucket{route="r",le="0.01"} 99
        agentgateway_overhead_duration_seconds_bucket{route="r",le="+Inf"} 100
        agentgateway_overhead_duration_seconds_sum{route="r"} 0.5
        agentgateway_overhead_duration_seconds_count{route="r"} 100
        process_cpu_seconds_total 1.5e1
        """);

    @Test
    void addsUpSeries() {
        assertThat(page.sum(MetricCatalogue.REQUESTS)).isEqualTo(32);
        assertThat(page.sum(MetricCatalogue.REQUESTS, "reason", "Timeout")).isEqualTo(2);
        assertThat(page.by(MetricCatalogue.REQUESTS, "backend"))
                .containsEntry("a", 30.0)
                .containsEntry("b", 2.0);
        assertThat(page.sum(RuntimeCatalogue.PROCESS_CPU)).isEqualTo(15);
        assertThat(page.sum(MetricCatalogue.RETRIES)).isZero();
    }

    @Test
    void tellsInWhichBucketAShareEnds() {
        BucketTimes times = new BucketTimes(
                MetricsPage.parse("").buckets(MetricCatalogue.OVERHEAD), page.buckets(MetricCatalogue.OVERHEAD));

        assertThat(times.atMost(0.2)).isEqualTo(0.001);
        assertThat(times.atMost(0.99)).isEqualTo(0.01);
        assertThat(times.atMost(1)).isInfinite();
        assertThat(page.total(MetricCatalogue.OVERHEAD)).isEqualTo(0.5);
    }

    @Test
    void nothingCountedIsNothing() {
        BucketTimes none =
                new BucketTimes(page.buckets(MetricCatalogue.OVERHEAD), page.buckets(MetricCatalogue.OVERHEAD));

        assertThat(none.atMost(0.99)).isZero();
    }
}
