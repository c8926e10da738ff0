package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.policy.Timeouts;
import dev.agw.proxy.Patience;
import dev.agw.proxy.Target;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.schema.Problem;
import dev.agw.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilerTest {
    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: gw}
            spec: {listeners: [{name: http, port: 8080, protocol: HTTP}]}
            ---
            """;

    @Test
    void warnsOfMirrorsToModels() {
        String copy = "{type: RequestMirror, requestMirror: {backendRef: " + ref("models") + "}}";

        assertThat(warnings(models(""), hosts(), route("filters: [" + copy + "], backendRefs: [" + ref("plain") + "]")))
                .singleElement()
                .asString()
                .contains("mirrors to AI backends are accepted, not yet in effect")
                .endsWith("default/models");
        assertThat(warnings(models(""), hosts(), route("backendRefs: [" + ref("models") + "]")))
                .isEmpty();
    }

    @Test
    void warnsOfListenersThatAreNotServed() {
        String tls = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: secure}
                spec:
                  listeners:
                    - {name: tcp, port: 8443, protocol: TCP}
                """;

        assertThat(warnings(tls))
                .anySatisfy(warning ->
                        assertThat(warning).contains("listener \"tcp\"", "protocol TCP", "not yet in effect", "8443"));
    }

    @Test
    void warnsOfAProviderWithoutItsCredential() {
        String secret = ", authToken: {kind: SecretRef, secretRef: {name: absent}}";

        assertThat(warnings(models(secret), route("backendRefs: [" + ref("models") + "]")))
                .anySatisfy(warning -> assertThat(warning).contains("provider \"sim\"", "credential is not there"));
    }

    @Test
    void anExplicitZeroOfAPolicyTurnsTheDefaultOff() {
        String policy = """
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: TrafficPolicy
                metadata: {name: patient}
                spec:
                  targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: plain}]
                  timeouts: {streamIdle: 0s}
                """;
        Manifests manifests = read(hosts(), route("backendRefs: [" + ref("plain") + "]"), policy);

        Map<String, Target> targets = Compiler.compile(manifests.resources(), new LongLived(settings()))
                .targets();
        assertThat(targets).containsOnlyKeys("default/plain");
        Patience patience = targets.values().iterator().next().patience();
        assertThat(patience.idleNanos()).isEqualTo(Timeouts.NEVER);
        assertThat(patience.headNanos())
                .isEqualTo(settings().upstream().firstByteTimeout().toNanos());
    }

    private static dev.agw.settings.AgwSettings settings() {
        return new SettingsReader(Map.of(), Map.of()).defaults().settings().orElseThrow();
    }

    private static List<String> warnings(String... more) {
        return ConfigCheck.problems(read(more)).stream().map(Problem::message).toList();
    }

    private static Manifests read(String... more) {
        Manifests read = new ManifestReader(Map.of()).parse("test.yaml", GATEWAY + String.join("", more));
        assertThat(read.valid()).as("%s", read.problems()).isTrue();
        return read;
    }

    private static String models(String token) {
        return backend("models", "ai: {llm: {name: sim, openai: {host: 127.0.0.1, port: 1" + token + "}}}");
    }

    private static String hosts() {
        return backend("plain", "static: {hosts: [{host: 127.0.0.1, port: 1}]}");
    }

    private static String backend(String name, String spec) {
        return "\n---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {name: " + name
                + "}\nspec: {" + spec + "}\n";
    }

    private static String route(String rule) {
        return "\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {rules: [{"
                + rule + "}]}\n";
    }

    private static String ref(String backend) {
        return "{group: gateway.kgateway.dev, kind: Backend, name: " + backend + "}";
    }
}
