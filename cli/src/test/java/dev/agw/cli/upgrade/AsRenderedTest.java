package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.OperationsReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What passes by itself is held against the values that manifests are rendered from.
class AsRenderedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AGW1202 | disruption: {maxUnavailable: \"1\"} | PASS",
                "AGW1202 | disruption: {maxUnavailable: 25%} | WARN",
                "AGW1202 | disruption: {minAvailable: \"2\"} | WARN",
                "AGW1207 | 'shutdown: {max: 60s, preStop: 5s, gracePeriod: 75s}' | PASS",
                "AGW1207 | 'shutdown: {max: 60s, preStop: 5s, gracePeriod: 80s}' | WARN",
                "AGW1207 | 'shutdown: {max: 70s, preStop: 5s, gracePeriod: 75s}' | FAIL",
                "AGW1302 | autoscaling: {maxReplicas: 10} | PASS",
                "AGW1302 | autoscaling: {maxReplicas: 12} | WARN",
                "AGW1303 | autoscaling: {minReplicas: 3} | PASS",
                "AGW1303 | autoscaling: {minReplicas: 4} | WARN",
                "AGW1303 | autoscaling: {enabled: false} | WARN",
            })
    void isComparedWithTheValues(String id, String values, Status status) {
        Thresholds limits = Thresholds.of(OperationsReader.parse("values", "deployment: {" + values + "}")
                .values()
                .orElseThrow());
        Snapshot seen = ScalingFixtures.with(
                "poddisruptionbudgets",
                "{\"items\": [" + ClusterFixtures.BUDGET + "]}",
                "horizontalpodautoscalers",
                ClusterFixtures.SCALER);

        Report report = Checks.run(seen, new Aim("1.2.0", limits), new Choice(Phase.all, List.of(id), List.of()));

        assertThat(report.results().getFirst().finding().status()).isEqualTo(status);
    }
}
