package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.Request;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/// What spans say, by the conventions of OpenTelemetry for
/// [HTTP](https://opentelemetry.io/docs/specs/semconv/http/http-spans/) and
/// [GenAI](https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/). No header values, no bodies, no
/// secrets.
final class SpanAttributes {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SERVER_ERROR = 500;

    private SpanAttributes() {}

    /// Of the span that answers the client.
    static Attributes server(Exchange exchange) {
        AttributesBuilder attributes = Attributes.builder();
        request(attributes, exchange);
        attributes
                .put("http.response.status_code", exchange.reply().status())
                .put("http.route", exchange.route().route())
                .put("http.response.body.size", exchange.reply().bytes())
                .put("agw.reason", exchange.reason().label())
                .put("agw.outcome", exchange.outcome().label())
                .put("agw.gateway", exchange.listener().gateway())
                .put("agw.listener", exchange.listener().listener())
                .put("agw.route_rule", exchange.route().rule())
                .put("agw.backend", exchange.backend())
                .put("agw.endpoint", exchange.endpoint())
                .put("agw.request_id", exchange.requestId())
                .put("agw.retries", exchange.retries());
        error(attributes, exchange);
        return attributes.build();
    }

    private static void request(AttributesBuilder attributes, Exchange exchange) {
        Request request = exchange.request();
        attributes
                .put("http.request.method", request.method())
                .put("url.scheme", request.scheme())
                .put("url.path", request.path())
                .put("server.address", request.host())
                .put("client.address", AccessLine.address(exchange.client()))
                .put("network.protocol.version", request.version().replace("HTTP/", ""));
        if (!request.query().isEmpty()) {
            attributes.put("url.query", SecretFreeTarget.query(request.query()));
        }
    }

    /// Whether the exchange failed on this side: for a server span the client's own errors are none.
    static boolean failed(Exchange exchange) {
        return exchange.reply().status() >= SERVER_ERROR
                || switch (exchange.outcome()) {
                    case COMPLETED, CLIENT_GONE -> false;
                    case UPSTREAM_ABORT, TIMEOUT, SHUTDOWN -> true;
                };
    }

    private static void error(AttributesBuilder attributes, Exchange exchange) {
        if (failed(exchange)) {
            boolean late = exchange.reply().status() < SERVER_ERROR;
            attributes.put(
                    "error.type",
                    late ? exchange.outcome().label() : exchange.reason().label());
        }
    }

    /// Of the span that calls the model.
    static Attributes model(Exchange exchange, GenAi call) {
        AttributesBuilder attributes = Attributes.builder()
                .put("gen_ai.operation.name", call.operation())
                .put("gen_ai.provider.name", provider(call.system()))
                .put("gen_ai.request.model", call.requestModel())
                .put("gen_ai.response.model", call.responseModel())
                .put("gen_ai.request.stream", call.streaming());
        known(attributes, "gen_ai.usage.input_tokens", call.usage().input());
        known(attributes, "gen_ai.usage.output_tokens", call.usage().output());
        known(attributes, "gen_ai.usage.cache_read.input_tokens", call.usage().cachedInput());
        known(attributes, "gen_ai.usage.reasoning.output_tokens", call.usage().reasoning());
        if (call.firstTokenNanos() != 0) {
            long waited = call.firstTokenNanos() - exchange.lifeline().start();
            attributes.put("gen_ai.response.time_to_first_chunk", waited / NANOS_PER_SECOND);
        }
        endpoint(attributes, exchange.endpoint());
        error(attributes, exchange);
        return attributes.build();
    }

    private static void known(AttributesBuilder attributes, String name, long count) {
        if (count >= 0) {
            attributes.put(name, count);
        }
    }

    private static void endpoint(AttributesBuilder attributes, String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0) {
            attributes.put("server.address", hostAndPort);
            return;
        }
        attributes.put("server.address", hostAndPort.substring(0, colon));
        attributes.put("server.port", Long.parseLong(hostAndPort, colon + 1, hostAndPort.length(), 10));
    }

    /// Metrics keep the older names of providers, which dashboards select; spans use the current ones.
    private static String provider(String system) {
        return switch (system) {
            case "bedrock" -> "aws.bedrock";
            case "vertexai" -> "gcp.vertex_ai";
            case "gemini" -> "gcp.gemini";
            case "azureopenai" -> "azure.ai.openai";
            default -> system;
        };
    }
}
