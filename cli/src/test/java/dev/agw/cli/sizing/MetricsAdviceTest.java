package dev.agw.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.exposition.MetricsPage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsAdviceTest {
    @Test
    void aGatewayInTroubleIsToldAllOfIt() {
        assertThat(ids("""
                agentgateway_requests_total{reason="Upstream"} 900
                agentgateway_requests_total{reason="Timeout"} 100
                agentgateway_overhead_duration_seconds_sum 200
                agentgateway_overhead_duration_seconds_count 1000
                agentgateway_request_duration_seconds_bucket{le="80"} 0
                agentgateway_request_duration_seconds_bucket{le="200"} 1000
                agentgateway_request_duration_seconds_bucket{le="+Inf"} 1000
                agentgateway_request_duration_seconds_sum 150000
                agentgateway_request_duration_seconds_count 1000
                agentgateway_limit_refusals_total{limit="heap"} 3
                agentgateway_upstream_connect_failures_total{transport="tls"} 2
                agentgateway_config_last_load_success 0
                agentgateway_heap_pressure 1
                process_open_fds 90
                process_max_fds 100
                jvm_gc_collections_total{gc="Copy"} 10
                jvm_gc_collection_seconds_total{gc="Copy"} 10
                jvm_uptime_seconds 100
                """))
                .containsExactly(
                        "ADV401", "ADV402", "ADV403", "ADV404", "ADV405", "ADV406", "ADV407", "ADV408", "ADV409",
                        "ADV410");
    }

    @Test
    void aHealthyOneIsLeftAlone() {
        assertThat(ids("""
                agentgateway_requests_total{reason="Upstream"} 900
                agentgateway_requests_total{reason="RateLimit"} 100
                agentgateway_overhead_duration_seconds_sum 0.2
                agentgateway_overhead_duration_seconds_count 1000
                agentgateway_request_duration_seconds_bucket{le="5"} 1000
                agentgateway_request_duration_seconds_bucket{le="+Inf"} 1000
                agentgateway_request_duration_seconds_sum 3000
                agentgateway_request_duration_seconds_count 1000
                agentgateway_config_last_load_success 1
                process_open_fds 9
                process_max_fds 100
                jvm_gc_collections_total{gc="G1 Young Generation"} 10
                jvm_uptime_seconds 100
                """)).isEmpty();
    }

    private static List<String> ids(String page) {
        return new MetricsAdvice(MetricsPage.parse(page), Duration.ofSeconds(60))
                .findings().stream().map(Finding::id).toList();
    }
}
