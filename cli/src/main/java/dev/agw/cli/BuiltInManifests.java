package dev.agw.cli;

import java.net.URI;
import java.util.List;

/// Manifests that are written by agw itself, for a start without a configuration. They hold no key, only its name.
final class BuiltInManifests {
    private BuiltInManifests() {}

    /// A gateway in front of a provider that wants no key.
    static String demo(int port, int providerPort) {
        Provider simulated = new Provider("simulator", "", URI.create("http://127.0.0.1:" + providerPort + "/v1"));
        return gateway(port) + backend(simulated) + routeHead("demo") + rule("/", simulated);
    }

    /// A gateway in front of providers: each below `/` and its name, the first below `/`, too.
    static String forKeys(int port, List<Provider> providers) {
        StringBuilder text = new StringBuilder(gateway(port));
        for (Provider provider : providers) {
            text.append(backend(provider)).append(secret(provider));
        }
        text.append(routeHead("providers"));
        providers.forEach(provider -> text.append(rule("/" + provider.name(), provider)));
        return text.append(rule("/", providers.getFirst())).toString();
    }

    private static String gateway(int port) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata:
                  name: agw
                spec:
                  gatewayClassName: agw
                  listeners:
                    - name: http
                      port: %d
                      protocol: HTTP
                """.formatted(port);
    }

    private static String backend(Provider provider) {
        URI url = provider.baseUrl();
        String auth = provider.keyVariable().isEmpty()
                ? ""
                : "authToken: {kind: SecretRef, secretRef: {name: %s-key}}".formatted(provider.name());
        return """
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: Backend
                metadata:
                  name: %1$s
                spec:
                  type: AI
                  ai:
                    llm:
                      name: %1$s
                      openai:
                        host: "%2$s"
                        port: %3$d
                        path: "%4$s"
                        tls: %5$s
                        %6$s
                """.formatted(provider.name(), url.getHost(), provider.port(), provider.path(), provider.tls(), auth);
    }

    private static String secret(Provider provider) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s-key
                stringData:
                  Authorization: ${%s}
                """.formatted(provider.name(), provider.keyVariable());
    }

    private static String routeHead(String name) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata:
                  name: %s
                spec:
                  parentRefs:
                    - name: agw
                  rules:
                """.formatted(name);
    }

    private static String rule(String prefix, Provider provider) {
        return """
                    - matches:
                        - path:
                            type: PathPrefix
                            value: %s
                      backendRefs:
                        - group: gateway.kgateway.dev
                          kind: Backend
                          name: %s
                """.formatted(prefix, provider.name());
    }
}
