package dev.agw.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalerLintsTest {
    private static final String HPA = """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: agw}
        spec:
          scaleTargetRef: {kind: Deployment, name: agw}
          minReplicas: 2
          maxReplicas: 10
          metrics:
          - {type: Pods, pods: {metric: {name: agentgateway_active_connections}}}
        ---
        kind: Deployment
        metadata: {name: agw}
        spec: {template: {}}
        """;

    @Test
    void hasNothingAgainstAGoodOne() {
        assertThat(Given.in("hpa.yaml", HPA)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scaler-metric | agentgateway_active_connections | agentgateway_open_connections",
                "scaler-metric-pending | agentgateway_active_connections | agentgateway_mcp_requests_total",
                "scaler-counter | agentgateway_active_connections | agentgateway_requests_total",
                "scaler-limits | minReplicas: 2 | minReplicas: 20",
                "scaler-min | minReplicas: 2 | minReplicas: 1",
                "scaler-min | minReplicas: 2 | other: 1",
                "replicas-beside-scaler | {template: {}} | {replicas: 3}"
            })
    void tellsWhatIsWrong(String title, String from, String to) {
        assertThat(Given.lints(Given.in("hpa.yaml", HPA.replace(from, to))))
                .extracting(Lint::title)
                .containsExactly(title);
    }

    @Test
    void replicasOfAnotherDeploymentAreItsOwn() {
        assertThat(Given.in(
                        "hpa.yaml",
                        HPA.replace("{template: {}}", "{replicas: 3}")
                                .replace("name: agw}\n  minR", "name: b}\n  minR")))
                .isEmpty();
    }

    @Test
    void asksTheQueriesOfScaledObjectsAndSeesTwoAutoscalers() {
        String both = HPA + """
            ---
            kind: ScaledObject
            metadata: {name: agw-keda}
            spec:
              scaleTargetRef: {name: agw}
              minReplicaCount: 2
              maxReplicaCount: 5
              triggers:
              - type: prometheus
                metadata: {query: 'sum(agentgateway_stream_in_flight)'}
            """;

        assertThat(Given.in("both.yaml", both))
                .extracting(Finding::toString)
                .containsExactly(
                        "both.yaml:15: ScaledObject agw-keda: error AGWR407: Deployment agw is scaled by"
                                + " HorizontalPodAutoscaler agw, too",
                        "both.yaml:23: ScaledObject agw-keda: error AGW1602: there is no metric"
                                + " agentgateway_stream_in_flight; did you mean \"agentgateway_streams_in_flight\"?");
    }
}
