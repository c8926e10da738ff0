package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/// Compares the catalogue with the list of metrics that alerts and dashboards rely on.
class MetricCatalogueTest {
    @TestFactory
    List<DynamicTest> holdsEveryMetricOfTheContract() throws IOException {
        return contract().stream()
                .map(wanted -> DynamicTest.dynamicTest((String) wanted.get("name"), () -> compare(wanted)))
                .toList();
    }

    @Test
    void theContractIsNotEmpty() throws IOException {
        assertThat(contract()).hasSize(25);
    }

    @Test
    void namesEachMetricOnce() {
        assertThat(Stream.concat(MetricCatalogue.all().stream(), RuntimeCatalogue.all().stream())
                        .map(Metric::name))
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyThreeCountersLackTheSuffix() {
        assertThat(MetricCatalogue.all().stream().filter(Metric::bareCounter).map(Metric::name))
                .containsExactlyInAnyOrder(
                        "agentgateway_mcp_requests",
                        "agentgateway_guardrail_checks",
                        "agentgateway_xds_connection_terminations");
    }

    private static void compare(Map<String, Object> wanted) {
        Metric found = MetricCatalogue.all().stream()
                .filter(metric -> metric.name().equals(wanted.get("name")))
                .findAny()
                .orElseThrow(() -> new AssertionError("the catalogue lacks " + wanted.get("name")));
        assertThat(found.type().word()).isEqualTo(wanted.get("type"));
        assertThat(found.labels()).isEqualTo(wanted.get("labels"));
        assertThat(found.buckets().bounds()).isEqualTo(bounds(wanted));
    }

    private static List<Double> bounds(Map<String, Object> wanted) {
        List<Double> bounds = new ArrayList<>();
        for (String part : List.of("buckets", "also")) {
            if (wanted.get(part) instanceof List<?> numbers) {
                numbers.forEach(number -> bounds.add(((Number) number).doubleValue()));
            }
        }
        return bounds;
    }

    private static List<Map<String, Object>> contract() throws IOException {
        try (InputStream file = MetricCatalogueTest.class.getResourceAsStream("/telemetry/metrics.yaml")) {
            Map<String, List<Map<String, Object>>> parts = new Yaml().load(Objects.requireNonNull(file));
            return Objects.requireNonNull(parts.get("data-plane"));
        }
    }
}
