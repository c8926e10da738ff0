package dev.agw.cli.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.schema.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsReaderTest {
    @Test
    void everythingHasADefault() {
        Operations operations = read("").values().orElseThrow();

        assertThat(operations.naming().name()).isEqualTo("agentgateway-proxy");
        assertThat(operations.monitoring().prometheus().atLeast(2, 42)).isTrue();
        assertThat(operations.deployment().shutdown().gracePeriod()).isEqualTo(Duration.ofSeconds(125));
        assertThat(operations.deployment().disruption().maxUnavailable()).isEqualTo(Optional.empty());
        assertThat(operations.alerts()).isEmpty();
    }

    @Test
    void readsWhatAnAlertIsToBeLike() {
        Operations operations = read("""
                alerts:
                  AgentGatewayHighErrorRate: {for: 1m, threshold: 2.5%, minEvents: 3, severity: warning, labels: {team: ai}}
                """).values().orElseThrow();
        AlertSettings alert = Objects.requireNonNull(operations.alerts().get("AgentGatewayHighErrorRate"));

        assertThat(alert.hold()).contains(Duration.ofMinutes(1));
        assertThat(alert.threshold().map(Amount::value)).contains(0.025);
        assertThat(alert.minEvents().map(Amount::value)).contains(3.0);
        assertThat(alert.severity()).contains(Severity.warning);
        assertThat(alert.labels()).containsEntry("team", "ai");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "monitoring: {clusterLable: c} | values.yaml:1: monitoring.clusterLable: unknown field; did you mean \"clusterLabel\"?",
                "version: 2 | values.yaml:1: version: expected one of 1, found the number 2",
                "alerts: {A: {treshold: 5%}} | values.yaml:1: alerts.A.treshold: unknown field; did you mean \"threshold\"?",
                "alerts: {A: {threshold: 5 EUR}} | values.yaml:1: alerts.A.threshold: unknown unit \"EUR\" in \"5 EUR\"",
                "monitoring: {prometheus: new} | values.yaml:1: monitoring.prometheus: expected a version such as 2.42",
                "monitoring: {runbookUrl: here} | values.yaml:1: monitoring.runbookUrl: expected an address such as",
                "monitoring: {jobs: {dataPlane: 'a(b'}} | values.yaml:1: monitoring.jobs.dataPlane: expected names with",
            })
    void tellsWhatIsWrongWithItsPlace(String text, String problem) {
        Reading reading = read(text);

        assertThat(reading.values()).isEmpty();
        assertThat(reading.problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aPatternOfJobsNamesOneOfThem() {
        assertThat(JobPattern.parse(".*agw.*|other").example())
                .isEqualTo("xagwx")
                .matches(".*agw.*|other");
    }

    private static Reading read(String text) {
        return OperationsReader.parse("values.yaml", text);
    }
}
