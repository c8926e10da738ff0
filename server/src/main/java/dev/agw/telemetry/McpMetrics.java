package dev.agw.telemetry;

import java.util.List;

/// MCP calls. Method and resource are the client's words and therefore bounded.
final class McpMetrics {
    private static final int METHOD_NAMES = 50;
    private static final int RESOURCE_NAMES = 500;

    private record Key(String method, String resourceType, String server, String resource, String route)
            implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(method, resourceType, server, resource, route);
        }
    }

    private final Family<Key, Counter> requests;
    private final BoundedNames methods = new BoundedNames(METHOD_NAMES);
    private final BoundedNames resources = new BoundedNames(RESOURCE_NAMES);

    McpMetrics(MetricRegistry registry) {
        requests = registry.counters(MetricCatalogue.MCP_REQUESTS);
    }

    void request(String method, String resourceType, String server, String resource, String route) {
        requests.of(new Key(methods.bound(method, true), resourceType, server, resources.bound(resource, true), route))
                .increment();
    }
}
