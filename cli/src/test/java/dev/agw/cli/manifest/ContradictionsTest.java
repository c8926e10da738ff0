package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionsTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shutdown: {gracePeriod: 119s}                     | shutdown.gracePeriod: Kubernetes kills a gateway after 119 s, which drains until preStop of 5 s and max of 110 s are over; with 5 s more for the end itself: gracePeriod: 120s
        shutdown: {min: 120s, max: 100s}                  | shutdown.min: min of 120 s is above max of 100 s
        shutdown: {preStop: 1500ms}                       | shutdown.preStop: Kubernetes counts whole seconds
        replicas: 3                                       | replicas: stands beside an autoscaler
        autoscaling: {minReplicas: 5, maxReplicas: 4}     | autoscaling.minReplicas: 5 is above maxReplicas of 4
        autoscaling: {minReplicas: 1}                     | autoscaling.minReplicas: of a single gateway a PodDisruptionBudget keeps nothing
        autoscaling: {connections: 500}                   | autoscaling.connections: Kubernetes knows nothing of connections by itself
        autoscaling: {up: {period: 0s}}                   | autoscaling.up.period: Kubernetes takes 1 s to 30 m
        autoscaling: {down: {stabilization: 2h}}          | autoscaling.down.stabilization: Kubernetes looks back an hour at most
        disruption: {minAvailable: 2}                     | disruption.minAvailable: minAvailable: 2 lets none of 2 gateways be evicted: drains of nodes wait for ever
        disruption: {minAvailable: 51%}                   | disruption.minAvailable: minAvailable: 51% lets none of 2
        disruption: {maxUnavailable: 0}                   | disruption.maxUnavailable: maxUnavailable: 0 lets none of 2
        disruption: {maxUnavailable: some}                | disruption.maxUnavailable: expected a number or a percentage such as 25%, found "some"
        selector: {app.kubernetes.io/version: v1}         | selector: app.kubernetes.io/version is set by agw
        selector: {tier: "a b"}                           | selector: no label for Kubernetes: tier: "a b"
        image: 'agw 1'                                    | image: expected an image such as registry/agw:1.2.3
        resources: {cpu: 0}                               | resources.cpu: no CPU is reserved
        resources: {cpu: 2, cpuLimit: 1}                  | resources.cpuLimit: 1 is less than the 2 that are reserved
        jvm: {options: [-Xmx400m]}                        | jvm.options: -Xmx wins over deployment.jvm.memoryPercent
        service: {ports: [{name: m, port: 80, targetPort: 15020}]} | service.ports: clients would reach port 15020, which is operators'
        service: {ports: [{name: metrics, port: 80, targetPort: 8080}]} | service.ports: "metrics" cannot be the name of a port here
        service: {ports: [{name: web, port: 80, targetPort: 9090}]} | service.ports: nothing listens on port 9090; the Gateways listen on [8080]
        environment: {variables: {JDK_JAVA_OPTIONS: -Xint}} | environment.variables: JDK_JAVA_OPTIONS wins over what else is rendered; say it in deployment.jvm.options
        environment: {variables: {AGW_SHUTDOWN_MAX: 1h}} | environment.variables: AGW_SHUTDOWN_MAX wins over what else is rendered; say it in deployment.shutdown.max
        jvm: {options: [-XX:MaxHeapSize=1g]}              | jvm.options: -XX:MaxHeapSize=1g wins over deployment.jvm.memoryPercent
        jvm: {options: [-XX:MaxRAMPercentage=90]}         | jvm.options: -XX:MaxRAMPercentage=90 wins over deployment.jvm.memoryPercent
        jvm: {options: ["-Xlog:gc -XX:+UseZGC"]}          | jvm.options: -XX:+UseZGC wins over deployment.jvm.collector
        resources: {memory: 0}                            | resources.memory: a JVM with the code of a gateway does not live in 0
        resources: {memory: 16Mi}                         | resources.memory: a JVM with the code of a gateway does not live in 16Mi
        resources: {memory: 512m}                         | resources.memory: a JVM with the code of a gateway does not live in 512m
        resources: {cpu: 1Gi}                             | resources.cpu: no machine has 1Gi CPUs
        pullSecrets: [X Y]                                | pullSecrets: no name for Kubernetes: "X Y"
        environment: {secrets: [X Y]}                     | environment.secrets: no name for Kubernetes: "X Y"
        environment: {variables: {a b: c}}                | environment.variables: no name for Kubernetes: "a b"
        network: {egress: [{cidr: 999.1.1.1/99, port: 1}]} | network.egress: expected addresses such as 10.0.0.0/8, found "999.1.1.1/99"
        network: {egress: [{cidr: here, port: 1}]}        | network.egress: expected addresses such as 10.0.0.0/8, found "here"
        """)
    void aSetThatContradictsItselfIsRefusedWithItsPlace(String values, String problem) {
        Rendering refused = Rendering.of("deployment:\n  " + values);

        assertThat(refused.set()).isEmpty();
        assertThat(refused.errors())
                .anySatisfy(
                        error -> assertThat(error).startsWith("values.yaml:").contains("deployment." + problem));
    }

    @Test
    void aSelectorNeverHoldsWhatAReleaseChanges() {
        for (String key : List.of("version", "helm.sh/chart", "pod-template-hash", "example.com/release")) {
            assertThat(Rendering.of("deployment: {selector: {" + key + ": x}}").errors())
                    .as(key)
                    .anyMatch(error -> error.contains("a selector cannot be changed, and " + key + " changes"));
        }
    }

    @Test
    void alertsMustSeeTheGatewaysThatMonitorsFind() {
        assertThat(Rendering.of("naming: {name: other}").errors())
                .singleElement()
                .asString()
                .contains("monitoring.jobs.dataPlane: no alert would see the gateways: their job is other");
        assertThat(Rendering.of("naming: {name: other}\nmonitoring: {jobs: {dataPlane: other}}")
                        .errors())
                .isEmpty();
        assertThat(Rendering.of("naming: {name: other}\nmonitoring: {monitor: none}")
                        .errors())
                .isEmpty();
    }

    @Test
    void allIsToldAtOnceWithItsLines() {
        Rendering refused = Rendering.of("""
            deployment:
              replicas: 3
              autoscaling:
                minReplicas: 12
              shutdown:
                gracePeriod: 60s
            """);

        assertThat(refused.errors())
                .hasSize(3)
                .anyMatch(error -> error.startsWith("values.yaml:2: deployment.replicas"));
        assertThat(refused.errors()).anyMatch(error -> error.startsWith("values.yaml:4: deployment.autoscaling.minR"));
        assertThat(refused.errors()).anyMatch(error -> error.startsWith("values.yaml:6: deployment.shutdown.grace"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        image: agw                                   | deployment.image: agw is another image tomorrow
        image: agw:latest                            | deployment.image: agw:latest is another image tomorrow
        disruption: {minAvailable: 1}                | deployment.disruption.minAvailable: minAvailable: 1 lets 9 of 10 gateways be evicted at once
        jvm: {memoryPercent: 80}                     | deployment.jvm.memoryPercent: a heap of 80 % leaves little
        resources: {cpuLimit: 4}                     | deployment.jvm.collector: the serial collector uses one of 4 processors
        placement: {strict: true, zones: 2}          | deployment.placement.strict: with 2 zones
        autoscaling: {enabled: false}, replicas: 1   | deployment.replicas: with 1 gateway every drain of its node is a gap
        environment: {variables: {A_API_KEY: sk}}    | deployment.environment.variables: A_API_KEY stands in the Deployment
        image: a:1                                   | deployment.environment: gateways without manifests
        """)
    void whatIsProbablyNotMeantIsRenderedWithAWarning(String values, String problem) {
        Rendering rendered = Rendering.of("deployment: {" + values + "}");

        assertThat(rendered.set()).isPresent();
        assertThat(rendered.warnings()).anyMatch(warning -> warning.contains("warning: " + problem));
    }

    @Test
    void aSoundSetIsRenderedWithoutAWord() {
        Rendering sound = Rendering.of("deployment: {image: 'agw:1.2.3', environment: {secrets: [keys]}}");

        assertThat(sound.problems()).isEmpty();
        assertThat(Rendering.everything().problems()).isEmpty();
    }

    @Test
    void aSecretNeverStandsInAConfigMap() throws IOException {
        Rendering refused = config("""
            apiVersion: v1
            kind: Secret
            metadata:
              name: key
            stringData:
              Authorization: sk-in-clear-text
            """);

        assertThat(refused.errors())
                .singleElement()
                .asString()
                .startsWith("all.yaml:6: Authorization: a secret in a ConfigMap, where all may read it")
                .doesNotContain("sk-in-clear-text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: List, apiVersion: v1, items: [{kind: Secret, apiVersion: v1, metadata: {name: a}, data: {a:"
                        + " c2VjcmV0}}]}",
                "{kind: Backend, apiVersion: gateway.kgateway.dev/v1alpha1, metadata: {name: a}, spec: {type: AI, ai:"
                        + " {llm: {openai: {authToken: {kind: Inline, inline: secret}}}}}}"
            })
    void norDoesOneThatIsDeeperInAManifest(String manifest) throws IOException {
        assertThat(config(manifest + "\n").errors())
                .singleElement()
                .asString()
                .contains("a secret in a ConfigMap")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void whatManifestsTakeFromTheEnvironmentTheGatewaysMustHave() throws IOException {
        String secret = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: key
            stringData:
              Authorization: ${TEAM_KEY}
            """;

        assertThat(config(secret).errors())
                .singleElement()
                .asString()
                .contains(
                        "deployment.environment: manifests refer to TEAM_KEY, and the gateways have no such variable");
        assertThat(config(secret, "deployment: {environment: {secrets: [keys]}}")
                        .errors())
                .isEmpty();
    }

    @Test
    void parametersAmongTheManifestsMustNotSayAnotherEnd() throws IOException {
        Rendering refused = config("""
            apiVersion: enterpriseagentgateway.solo.io/v1alpha1
            kind: EnterpriseAgentgatewayParameters
            metadata:
              name: params
            spec:
              shutdown: {min: 15, max: 300}
              podDisruptionBudget: {spec: {minAvailable: 1}}
            """);

        assertThat(refused.errors())
                .singleElement()
                .asString()
                .contains("deployment.shutdown: parameters among the manifests say min 15 s and max 300 s");
        assertThat(refused.warnings()).anyMatch(warning -> warning.contains("is not taken over"));
    }

    @Test
    void manifestsThatAGatewayWouldRefuseAreRefused() throws IOException {
        assertThat(config("kind: Gateway\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: a}\nspce: {}\n")
                        .errors())
                .anyMatch(error -> error.contains("spce: unknown field; did you mean \"spec\"?"));
    }

    @Test
    void labelsNeverHideThePodsFromTheirSelector() {
        Rendering refused = Rendering.of("naming: {labels: {tier: web}}\ndeployment: {selector: {tier: edge}}");

        assertThat(refused.errors())
                .singleElement()
                .asString()
                .contains("naming.labels: tier is another in deployment.selector");
        assertThat(Rendering.of("naming: {labels: {tier: edge}}\ndeployment: {selector: {tier: edge}}")
                        .errors())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "monitoring: {namespace: Bad NS}, monitoring.namespace: no name for Kubernetes",
        "monitoring: {scrapeInterval: 500ms}, monitoring.scrapeInterval: expected whole seconds"
    })
    void whatWatchesIsNamedAndTimedAsKubernetesTakesIt(String values, String problem) {
        assertThat(Rendering.of(values).errors()).singleElement().asString().contains(problem);
    }

    @Test
    void aFileNeedsANameThatAConfigMapTakes() throws IOException {
        Files.writeString(folder.resolve("my route.yaml"), "");

        assertThat(read(Optional.empty(), Optional.of(folder)).errors())
                .singleElement()
                .asString()
                .contains("\"my route.yaml\" of --config cannot be a key of a ConfigMap");
    }

    @Test
    void aVariableInACommentIsNone() throws IOException {
        assertThat(config("""
            # Like ${NO_SUCH_KEY}.
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: Backend
            metadata: {name: model}
            spec: {type: AI, ai: {llm: {openai: {}}}}
            """).errors()).isEmpty();
    }

    @Test
    void theNetworkPolicyLetsGatewaysOutToWhatTheyAreToldToCall() throws IOException {
        String backend = """
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: Backend
            metadata: {name: model}
            spec: {type: AI, ai: {llm: {openai: {host: vllm.models.svc, port: 8000}}}}
            """;

        assertThat(config(backend).errors())
                .singleElement()
                .asString()
                .contains("deployment.network.egress: Backend", "is at vllm.models.svc:8000", "add {port: 8000}");
        assertThat(config(backend, "deployment: {network: {egress: [{port: 8000}]}}")
                        .errors())
                .isEmpty();
        assertThat(config(backend, "deployment: {network: {policy: false}}").errors())
                .isEmpty();
        assertThat(settings("telemetry: {otlp: {endpoint: 'http://collector:4318'}}")
                        .errors())
                .singleElement()
                .asString()
                .contains("telemetry.otlp.endpoint is at collector:4318");
        assertThat(settings("telemetry: {otlp: {endpoint: 'http://a b'}}").errors())
                .noneMatch(error -> error.contains("network.egress"));
    }

    @Test
    void anEndThatTheSettingsSayIsNotOverruledWithoutAWord() throws IOException {
        assertThat(settings("shutdown: {min: 1s, max: 600s}").errors())
                .singleElement()
                .asString()
                .contains("deployment.shutdown: agw.yaml says min 1 s and max 600 s, and these values win over it");
        assertThat(settings("shutdown: {max: 110s}").errors()).isEmpty();
    }

    @Test
    void whatAControllerDoesNotLearnFromParametersIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("agw.yaml"), "log: {level: debug}\n");
        List<Problem> problems = new ArrayList<>();
        ConfigFolder config = ConfigFolder.read(Optional.of(file), Optional.empty(), Map.of(), problems);

        Rendering rendered =
                Rendering.of("deployment: {environment: {secrets: [keys]}}", config, problems, "gateway-parameters");

        assertThat(rendered.warnings())
                .anyMatch(warning -> warning.contains("deployment.environment.secrets: parameters do not name keys"));
        assertThat(rendered.warnings())
                .anyMatch(warning -> warning.contains("deployment: parameters do not hold what --config names"));
        assertThat(rendered.manifest("gateway-parameters").plain().toString()).contains("shutdown={min=15, max=110}");
    }

    @Test
    void aSecretIsNotTakenFromAFileThatNoContainerHas() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "secret");

        assertThat(config("{kind: Secret, apiVersion: v1, metadata: {name: a}, stringData: {Authorization:"
                                + " '${file:key.txt}'}}")
                        .errors())
                .anyMatch(
                        error -> error.contains("comes from a file, and the container of a gateway has no such file"));
    }

    private Rendering settings(String text) throws IOException {
        return read(Optional.of(Files.writeString(folder.resolve("agw.yaml"), text + "\n")), Optional.empty());
    }

    private static Rendering read(Optional<Path> settings, Optional<Path> manifests) {
        List<Problem> problems = new ArrayList<>();
        ConfigFolder config = ConfigFolder.read(settings, manifests, Map.of(), problems);
        return Rendering.of("", config, problems);
    }

    @Test
    void portsOfOperatorsMustBeWithinReach() throws IOException {
        Path settings = Files.writeString(folder.resolve("agw.yaml"), "metrics: {address: '127.0.0.1:15020'}\n");
        List<Problem> problems = new ArrayList<>();
        ConfigFolder config = ConfigFolder.read(Optional.of(settings), Optional.empty(), Map.of(), problems);

        assertThat(Rendering.of("", config, problems).errors())
                .singleElement()
                .asString()
                .contains("agw.yaml has metrics.address at 127.0.0.1:15020, where Kubernetes cannot reach it");
    }

    private Rendering config(String manifests, String... values) throws IOException {
        Path file = Files.writeString(folder.resolve("all.yaml"), manifests);
        List<Problem> problems = new ArrayList<>();
        ConfigFolder config = ConfigFolder.read(Optional.empty(), Optional.of(file), Map.of(), problems);
        return Rendering.of(String.join("", values), config, problems);
    }
}
