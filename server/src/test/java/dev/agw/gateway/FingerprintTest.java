package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.ManifestReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String SET = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: agw
              labels: {app: agw, team: ai, tier: edge, region: eu, stage: test}
            spec:
              gatewayClassName: agw
              listeners: [{name: http, port: 8080, protocol: HTTP}]
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: key}
            stringData: {Authorization: sk-secret}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: backend}
            spec:
              ports: [{port: 80, targetPort: web}]
            """;

    /// Maps have another order in each process, so that a value that depends on it would not pass twice.
    @Test
    void isTheSameInEveryProcess() {
        assertThat(of(SET)).isEqualTo("0189d3ba0ae8");
    }

    @Test
    void anotherOrderOfLabelsIsNoOtherConfiguration() {
        assertThat(of(SET.replace("app: agw, team: ai", "team: ai, app: agw"))).isEqualTo(of(SET));
    }

    @Test
    void everyFieldCounts() {
        for (String part : new String[] {"team: ai", "port: 8080", "name: key", "targetPort: web"}) {
            assertThat(of(SET.replace(part, part + "1"))).as(part).isNotEqualTo(of(SET));
        }
    }

    @Test
    void secretsAreLeftOut() {
        assertThat(of(SET.replace("sk-secret", "sk-other"))).isEqualTo(of(SET));
    }

    private static String of(String manifests) {
        return new Fingerprint()
                .of(new ManifestReader(Map.of()).parse("set.yaml", manifests).resources());
    }
}
