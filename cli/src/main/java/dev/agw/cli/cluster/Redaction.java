package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Takes out of objects what nobody but the cluster should know, before anything looks at them.
final class Redaction {
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /// Variables that are no secrets and that checks ask for.
    private static final Set<String> TELLING =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "AGW_OPTS", "AGW_SHUTDOWN_MIN", "AGW_SHUTDOWN_MAX");

    private Redaction() {}

    /// The same list without values of variables, and of Secrets and ConfigMaps their keys alone. Dashboards stay:
    /// checks read their expressions.
    static void apply(ObjectKind kind, ArrayNode items) {
        for (JsonNode item : items) {
            if (kind.plural().equals("secrets")) {
                secret((ObjectNode) item);
            } else if (kind.plural().equals("configmaps") && !dashboard(item)) {
                keysOnly((ObjectNode) item);
            }
            if (item.at("/metadata/annotations") instanceof ObjectNode annotations) {
                annotations.remove(APPLIED);
            }
            variables(item);
        }
    }

    private static boolean dashboard(JsonNode map) {
        return map.at("/metadata/labels/grafana_dashboard").isTextual();
    }

    private static void keysOnly(ObjectNode item) {
        ArrayNode keys = item.putArray("keys");
        item.path("data").fieldNames().forEachRemaining(keys::add);
        item.path("binaryData").fieldNames().forEachRemaining(keys::add);
        item.remove("data");
        item.remove("binaryData");
    }

    private static void secret(ObjectNode secret) {
        Optional<Instant> end = end(secret.path("data").path("tls.crt").asText());
        keysOnly(secret);
        secret.remove("stringData");
        end.ifPresent(instant -> secret.put("notAfter", instant.toString()));
    }

    /// When the first certificate of a chain, its own, runs out; empty if there is none.
    private static Optional<Instant> end(String base64) {
        try {
            String pem = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.US_ASCII);
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return certificate instanceof X509Certificate own
                    ? Optional.of(own.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (CertificateException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static void variables(JsonNode node) {
        for (JsonNode variable : node.path("env")) {
            if (variable instanceof ObjectNode object
                    && !TELLING.contains(object.path("name").asText())) {
                object.remove("value");
            }
        }
        node.forEach(Redaction::variables);
    }
}
