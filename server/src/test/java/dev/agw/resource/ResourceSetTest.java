package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceSetTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: app}
            spec: {clusterIP: 10.0.0.1, ports: [{port: 80, targetPort: http}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: app-1, labels: {kubernetes.io/service-name: app}}
            addressType: IPv4
            ports: [{port: 8080}]
            endpoints: [{addresses: [10.0.0.2], conditions: {ready: true}}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: app-2, labels: {kubernetes.io/service-name: app}}
            ---
            """;

    @Test
    void withoutAGatewayThereIsOneOnPort8080ThatTakesEveryRoute() {
        ResourceSet set = read(route("apps", ""));

        Attachment only = set.attachments(set.all(HttpRoute.class).get(0)).get(0);

        assertThat(only.gateway().key()).hasToString("Gateway default/agw");
        assertThat(only.listener().port()).isEqualTo(8080);
        assertThat(only.listener().name()).isEqualTo("http");
    }

    @Test
    void theDefaultGatewayCanBeNamed() {
        ResourceSet set = read(route("apps", "parentRefs: [{name: agw, namespace: default}]"));

        assertThat(set.attachments(set.all(HttpRoute.class).get(0))).hasSize(1);
    }

    @Test
    void aRouteWithoutParentsAttachesToEveryGatewayThatDoesNotRuleItOut() {
        ResourceSet set = read(gateway("open", "{}")
                + gateway("closed", "{namespaces: {from: Same}}")
                + gateway("none", "{namespaces: {from: None}}")
                + gateway("grpc", "{kinds: [{kind: GRPCRoute}]}")
                + route("apps", ""));

        assertThat(set.attachments(set.all(HttpRoute.class).get(0)))
                .extracting(attachment -> attachment.gateway().metadata().name())
                .containsExactly("open");
    }

    @Test
    void aSelectorPicksNamespacesByTheirName() {
        String picks = "{namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: %s}}}}";
        ResourceSet set = read(
                gateway("a", picks.formatted("apps")) + gateway("b", picks.formatted("other")) + route("apps", ""));

        assertThat(set.attachments(set.all(HttpRoute.class).get(0)))
                .extracting(attachment -> attachment.gateway().metadata().name())
                .containsExactly("a");
    }

    @Test
    void selectorsKnowFourComparisons() {
        Map<String, String> labels = Map.of("a", "1");

        assertThat(requirement(LabelSelector.Operator.In, "1").fits(labels)).isTrue();
        assertThat(requirement(LabelSelector.Operator.NotIn, "1").fits(labels)).isFalse();
        assertThat(requirement(LabelSelector.Operator.Exists).fits(labels)).isTrue();
        assertThat(requirement(LabelSelector.Operator.DoesNotExist).fits(labels))
                .isFalse();
    }

    @Test
    void aBackendRefWithoutKindFindsABackendFirstAndThenAService() {
        String backend = """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: Backend
                metadata: {name: app}
                spec: {static: {hosts: [{host: a, port: 443}]}}
                """;

        assertThat(read(SERVICE + backend).target(ref(Optional.empty()), "default"))
                .isInstanceOf(BackendTarget.ToBackend.class);
        assertThat(read(SERVICE + backend).target(ref(Optional.of("Service")), "default"))
                .isInstanceOfSatisfying(
                        BackendTarget.ToService.class,
                        to -> assertThat(to.port()).isEqualTo(80));
        assertThat(read(SERVICE).target(ref(Optional.empty()), "default")).isInstanceOf(BackendTarget.ToService.class);
        assertThat(read(SERVICE).target(ref(Optional.of("Bucket")), "default"))
                .isInstanceOf(BackendTarget.Unusable.class);
    }

    @Test
    void aPortThatAServiceDoesNotHaveIsNotUsable() {
        HttpRoute.BackendRef wrong = new HttpRoute.BackendRef(
                Optional.empty(), Optional.empty(), Optional.empty(), "app", Optional.of(81), 1, List.of());

        assertThat(read(SERVICE).target(wrong, "default"))
                .isEqualTo(new BackendTarget.Unusable("Service default/app has no port 81"));
        assertThat(read(SERVICE.replace("{port: 80, targetPort: http}", "")).target(ref(Optional.empty()), "default"))
                .isInstanceOf(BackendTarget.Unusable.class);
    }

    @Test
    void aServiceKnowsItsSlicesAndItsName() {
        ResourceSet set = read(SERVICE);
        Service service = set.find(Service.class, "default", "app").orElseThrow();

        assertThat(set.slices(service)).hasSize(2);
        assertThat(set.slices(service).get(0).endpoints().get(0).addresses()).containsExactly("10.0.0.2");
        assertThat(service.host()).isEqualTo("app.default.svc");
    }

    @Test
    void policiesAreFoundByWhatTheyTarget() {
        ResourceSet set = read("""
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: TrafficPolicy
                metadata: {name: t}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]
                  timeouts: {firstToken: 5s, streamIdle: 30s}
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: BackendConfigPolicy
                metadata: {name: b}
                spec:
                  targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]
                  connectionPool: {tcp: {connectTimeout: 5s}}
                """);

        assertThat(set.trafficPolicies(new ResourceKey("HTTPRoute", "default", "r")))
                .hasSize(1);
        assertThat(set.trafficPolicies(new ResourceKey("HTTPRoute", "other", "r")))
                .isEmpty();
        assertThat(set.backendPolicies(new ResourceKey("Backend", "default", "ai")))
                .singleElement()
                .satisfies(policy -> assertThat(policy.spec().timeToConnect()).contains(Duration.ofSeconds(5)));
    }

    @Test
    void aCredentialComesFromTheSecretTheManifestOrTheClient() {
        String secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {Authorization: Bearer a}\n";
        ResourceSet set = read(secret);

        assertThat(set.credential(token(AuthToken.Source.SecretRef, "keys"), "default"))
                .contains(SecretValue.of("a"));
        assertThat(set.credential(token(AuthToken.Source.SecretRef, "none"), "default"))
                .isEmpty();
        assertThat(set.credential(token(AuthToken.Source.SecretRef, "keys"), "other"))
                .isEmpty();
        assertThat(set.credential(token(AuthToken.Source.Inline, "keys"), "default"))
                .contains(SecretValue.of("b"));
        assertThat(set.credential(token(AuthToken.Source.Passthrough, "keys"), "default"))
                .isEmpty();
    }

    @Test
    void encryptionIsOffOnlyWhereItIsSaidToBe() {
        assertThat(openAi("{}").hostToCall()).isEqualTo("api.openai.com");
        assertThat(openAi("{}").encryption().enabled()).isTrue();
        assertThat(openAi("{host: a}").portToCall()).isEqualTo(443);
        assertThat(openAi("{host: a, port: 11434}").encryption().enabled()).isFalse();
        assertThat(openAi("{host: a, port: 8443, tls: true}").encryption().enabled())
                .isTrue();
        assertThat(openAi("{host: a, tls: false}").portToCall()).isEqualTo(80);
        assertThat(openAi("{host: a, tls: {sni: b}}").encryption().sni()).contains("b");
    }

    @Test
    void everyDialectHasItsNameAndCredential() {
        String token = "authToken: {kind: Passthrough}";
        Map.of(
                        "openai", "",
                        "anthropic", "",
                        "gemini", "",
                        "vertexai", "projectId: p, location: l, ",
                        "bedrock", "region: r, ",
                        "azureopenai", "endpoint: e, ")
                .forEach((dialect, fields) -> {
                    Backend.Provider provider = provider(dialect + ": {" + fields + token + "}");
                    assertThat(provider.label()).isEqualTo(dialect);
                    assertThat(provider.authToken()).isPresent();
                });
    }

    private static Backend.OpenAi openAi(String fields) {
        return provider("openai: " + fields).openai().orElseThrow();
    }

    private static Backend.Provider provider(String fields) {
        String text =
                "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {name: a}\nspec: {ai: {provider: {"
                        + fields + "}}}\n";
        Backend backend = read(text).find(Backend.class, "default", "a").orElseThrow();
        return backend.spec().ai().orElseThrow().groups().get(0).get(0);
    }

    private static AuthToken token(AuthToken.Source source, String secret) {
        return new AuthToken(
                source,
                Optional.of(new AuthToken.SecretRef(secret, Optional.of("default"))),
                Optional.of(SecretValue.of("Bearer b")));
    }

    private static LabelSelector requirement(LabelSelector.Operator operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new LabelSelector.Requirement("a", operator, List.of(values))));
    }

    private static HttpRoute.BackendRef ref(Optional<String> kind) {
        return new HttpRoute.BackendRef(
                Optional.empty(), kind, Optional.empty(), "app", Optional.empty(), 1, List.of());
    }

    private static String gateway(String name, String allowed) {
        return """
               apiVersion: gateway.networking.k8s.io/v1
               kind: Gateway
               metadata: {name: %s}
               spec: {listeners: [{name: http, port: 0, protocol: HTTP, allowedRoutes: %s}]}
               ---
               """.formatted(name, allowed);
    }

    private static String route(String namespace, String spec) {
        return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: " + namespace
                + "}\nspec: {" + spec + "}\n";
    }

    private static ResourceSet read(String text) {
        return new ManifestReader(Map.of()).parse("a.yaml", text).resources();
    }
}
