package dev.agw.gateway.flow;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Manifests in short.
final class Manifest {
    /// A Gateway with one listener, on a port that is free.
    static final String GATEWAY = gateway("{name: http, port: 0, protocol: HTTP}");

    private Manifest() {}

    static String gateway(String... listeners) {
        return resource(
                "gateway.networking.k8s.io/v1", "Gateway", "gw", "listeners: [" + String.join(", ", listeners) + "]");
    }

    /// A Backend of plain hosts, all on the loopback.
    static String hosts(String name, int... ports) {
        String hosts = Arrays.stream(ports)
                .mapToObj(port -> "{host: 127.0.0.1, port: " + port + "}")
                .collect(Collectors.joining(", "));
        return backend(name, "static: {hosts: [" + hosts + "]}");
    }

    /// A Backend with one provider of models on the loopback, called without a credential.
    static String models(String name, int port) {
        return backend(name, "ai: {llm: " + provider("sim", port, "") + "}");
    }

    /// A provider of models on the loopback.
    ///
    /// @param key the credential; empty for none
    static String provider(String name, int port, String key) {
        String token = key.isEmpty() ? "" : ", authToken: {kind: Inline, inline: " + key + "}";
        return "{name: " + name + ", openai: {host: 127.0.0.1, port: " + port + token + "}}";
    }

    static String backend(String name, String spec) {
        return resource("gateway.kgateway.dev/v1alpha1", "Backend", name, spec);
    }

    static String policy(String route, String spec) {
        String target = "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: " + route + "}";
        return resource(
                "gateway.kgateway.dev/v1alpha1", "TrafficPolicy", route, "targetRefs: [" + target + "], " + spec);
    }

    /// How the connections to a Backend are made and kept.
    static String connections(String backend, String spec) {
        String target = "{group: gateway.kgateway.dev, kind: Backend, name: " + backend + "}";
        return resource(
                "gateway.kgateway.dev/v1alpha1",
                "BackendConfigPolicy",
                backend,
                "targetRefs: [" + target + "], " + spec);
    }

    static String route(String name, String... rules) {
        return resource("gateway.networking.k8s.io/v1", "HTTPRoute", name, "rules: [" + String.join(", ", rules) + "]");
    }

    /// A rule that sends everything below a path to a Backend.
    ///
    /// @param more further fields of the rule, such as `timeouts: {request: 1s}`
    static String rule(String prefix, String backend, String... more) {
        return bareRule(prefix, join("backendRefs: [" + ref(backend) + "]", more));
    }

    static String bareRule(String prefix, String fields) {
        return "{matches: [{path: {value: " + prefix + "}}], " + fields + "}";
    }

    /// A reference to a Backend.
    static String ref(String backend, String... more) {
        return "{" + join("group: gateway.kgateway.dev, kind: Backend, name: " + backend, more) + "}";
    }

    static String resource(String version, String kind, String name, String spec) {
        return "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec: {" + spec
                + "}\n---\n";
    }

    private static String join(String first, String... more) {
        return more.length == 0 ? first : first + ", " + String.join(", ", more);
    }
}
