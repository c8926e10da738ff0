package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: gw, namespace: infra}
            spec:
              listeners:
                - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
                - {name: own, port: 81, protocol: HTTP}
            ---
            """;

    private static final String BACKEND = """
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: Backend
            metadata: {name: ai, namespace: models}
            spec: {ai: {llm: {openai: {}}}}
            ---
            """;

    @Test
    void aSetThatHoldsTogetherHasNoProblems() {
        assertThat(problems(GATEWAY
                        + BACKEND
                        + route("parentRefs: [{name: gw, namespace: infra, sectionName: http}]", "{name: ai}")))
                .isEmpty();
    }

    @Test
    void gatewaysAndListenersThatAreNotThereAreWarnings() {
        String parents =
                "parentRefs: [{name: none}, {name: gw, namespace: infra, sectionName: https}, {name: gw, namespace: infra, port: 81}]";

        assertThat(problems(GATEWAY + BACKEND + route(parents, "{name: ai}")))
                .containsExactly(
                        "spec.parentRefs[0]: no Gateway models/none in this set; the route gets no requests from it until it is",
                        "spec.parentRefs[1]: Gateway infra/gw has no such listener; it has http on 80, own on 81",
                        "spec.parentRefs[2]: Gateway infra/gw takes no routes from namespace models; see allowedRoutes of its"
                                + " listeners");
    }

    @Test
    void backendsThatAreNotThereAreWarnings() {
        String more = """
                      filters:
                        - {type: RequestMirror, requestMirror: {backendRef: {name: mirror, kind: Backend}}}
                        - {type: ExtensionRef, extensionRef: {group: g, kind: DirectResponse, name: gone}}
                        - {type: ExtensionRef, extensionRef: {group: g, kind: Middleware, name: m}}
                """;

        assertThat(problems(route("hostnames: []", "{name: ai}") + more))
                .containsExactly(
                        "spec.rules[0].backendRefs[0]: no Backend or Service models/ai in this set; its share of the requests gets"
                                + " 503",
                        "spec.rules[0].filters[0].requestMirror.backendRef: no Backend models/mirror in this set; its share of the"
                                + " requests gets 503",
                        "spec.rules[0].filters[1].extensionRef: no DirectResponse models/gone in this set; requests of the rule"
                                + " get 500 until it is",
                        "spec.rules[0].filters[2].extensionRef.kind: expected one of DirectResponse, TrafficPolicy; requests of"
                                + " the rule get 500");
    }

    @Test
    void whatCouldNotBeReadIsNotSaidToBeMissing() {
        String broken = BACKEND.replace("openai: {}", "openai: {modl: x}");

        assertThat(problems(broken + route("hostnames: []", "{name: ai}")))
                .singleElement()
                .asString()
                .contains("unknown field");
    }

    @Test
    void anotherNamespaceNeedsAGrant() {
        String route = route("hostnames: []", "{name: ai}")
                .replace("namespace: models", "namespace: apps")
                .replace("{name: ai}", "{name: ai, namespace: models}");
        String grant = """
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: g, namespace: models}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: apps}]
                  to: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]
                ---
                """;

        assertThat(problems(BACKEND + route)).singleElement().asString().contains("no ReferenceGrant allows it");
        assertThat(problems(BACKEND + grant + route)).isEmpty();
        assertThat(problems(BACKEND + grant.replace("name: ai", "name: other") + route))
                .hasSize(1);
        assertThat(problems(BACKEND + grant.replace("namespace: apps", "namespace: x") + route))
                .hasSize(1);
    }

    @Test
    void aCredentialThatIsNotThereOrNotUsableIsAWarning() {
        String backend =
                BACKEND.replace("openai: {}", "openai: {authToken: {kind: SecretRef, secretRef: {name: keys}}}");
        String secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: models}\nstringData: ";

        assertThat(problems(backend))
                .containsExactly(
                        "spec.ai.llm.openai.authToken.secretRef: no Secret models/keys in this set; the provider is not"
                                + " called until it is");
        assertThat(problems(backend + secret + "{a: x, b: y}\n"))
                .singleElement()
                .asString()
                .contains("no key Authorization");
        assertThat(problems(backend + secret + "{Authorization: x, b: y}\n")).isEmpty();
    }

    @Test
    void certificatesAuthoritiesAndParametersThatAreNotThereAreWarnings() {
        String gateway = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: gw}
                spec:
                  infrastructure: {parametersRef: {group: gateway.kgateway.dev, kind: GatewayParameters, name: p}}
                  listeners:
                    - name: https
                      port: 443
                      protocol: HTTPS
                      tls: {certificateRefs: [{name: cert}], frontendValidation: {caCertificateRefs: [{name: ca}]}}
                """;

        assertThat(problems(gateway))
                .extracting(line -> line.replaceFirst(" in this set.*", ""))
                .containsExactly(
                        "spec.infrastructure.parametersRef: no GatewayParameters default/p",
                        "spec.listeners[0].tls.certificateRefs[0]: no Secret default/cert",
                        "spec.listeners[0].tls.frontendValidation.caCertificateRefs[0]: no ConfigMap default/ca");
    }

    @Test
    void aBackendsOwnAuthorityMustBeThere() {
        String tls = "tls: {caCertificateRefs: [{name: ca}]}";
        String hosts =
                BACKEND.replace("ai: {llm: {openai: {}}}", "static: {hosts: [{host: a, port: 443}], " + tls + "}");

        assertThat(problems(hosts))
                .singleElement()
                .asString()
                .startsWith("spec.static.tls.caCertificateRefs[0]: no ConfigMap");
        assertThat(problems(BACKEND.replace("openai: {}", "openai: {" + tls + "}")))
                .hasSize(1);
    }

    @Test
    void aPolicyForAGroupThatIsNotTheKindsIsAWarning() {
        String policy = """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: TrafficPolicy
                metadata: {name: p, namespace: models}
                spec:
                  timeouts: {request: 1s}
                  targetRefs: [{group: wrong, kind: Backend, name: ai}]
                """;

        assertThat(problems(BACKEND + policy))
                .containsExactly(
                        "spec.targetRefs[0].group: Backend is of group \"gateway.kgateway.dev\"; the group is ignored");
    }

    @Test
    void twoGatewaysThatSpeakDifferentlyOnOnePortAreAnError() {
        String other = GATEWAY.replace("name: gw", "name: other")
                .replace("port: 80, protocol: HTTP", "port: 80, protocol: TCP");

        assertThat(read(GATEWAY + other).valid()).isFalse();
        assertThat(problems(GATEWAY + other))
                .containsExactly(
                        "spec.listeners[0].protocol: port 80 speaks HTTP already, for Gateway infra/gw; give one of them"
                                + " another port");
    }

    @Test
    void listenersOfAGatewayMustDifferInNameAndHost() {
        assertThat(problems(GATEWAY.replace("name: own", "name: http")))
                .singleElement()
                .asString()
                .contains("same name");
        assertThat(problems(GATEWAY.replace("port: 81", "port: 80")))
                .singleElement()
                .asString()
                .contains("same host");
        assertThat(problems(GATEWAY.replace("port: 81, protocol: HTTP", "port: 80, protocol: TLS")))
                .singleElement()
                .asString()
                .contains("different protocols");
        assertThat(problems(GATEWAY.replace("port: 81, protocol: HTTP", "port: 81, protocol: HTTPS")))
                .singleElement()
                .asString()
                .contains("needs a certificate");
    }

    private static String route(String first, String backend) {
        return """
               apiVersion: gateway.networking.k8s.io/v1
               kind: HTTPRoute
               metadata: {name: r, namespace: models}
               spec:
                 %s
                 rules:
                   - backendRefs: [%s]
               """.formatted(first, backend);
    }

    private static Manifests read(String text) {
        return new ManifestReader(Map.of()).parse("a.yaml", text);
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream()
                .map(Problem::toString)
                .map(line -> line.replaceFirst("a.yaml:\\d+: (warning: )?", ""))
                .toList();
    }
}
