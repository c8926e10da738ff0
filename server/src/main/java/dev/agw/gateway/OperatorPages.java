package dev.agw.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.agw.proxy.Target;
import dev.agw.resource.HttpRoute;
import dev.agw.telemetry.Format;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.Page;
import dev.agw.upstream.UpstreamClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What operators can read: metrics, readiness, and the state of the gateway as JSON.
final class OperatorPages {
    private final GatewayMetrics metrics;
    private final Configuration configuration;
    private final UpstreamClient upstream;
    private final BooleanSupplier ending;

    OperatorPages(
            GatewayMetrics metrics, Configuration configuration, UpstreamClient upstream, BooleanSupplier ending) {
        this.metrics = metrics;
        this.configuration = configuration;
        this.upstream = upstream;
        this.ending = ending;
    }

    void metrics(Format format, Page taker) {
        metrics.scrape(format, taker);
    }

    /// Whether new requests should come here: there is a configuration, and the process is not ending.
    boolean ready() {
        return !ending.getAsBoolean() && !configuration.listening().isEmpty();
    }

    /// The resources in force; secrets are stars.
    String config() {
        Configuration.State state = configuration.state();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("since", state.since().toString());
        page.put("warnings", state.warnings());
        page.put(
                "resources",
                state.resources().all().stream().map(Redacted::tree).toList());
        return text(page);
    }

    String routes() {
        List<Map<String, Object>> page = new ArrayList<>();
        for (HttpRoute route : configuration.state().resources().all(HttpRoute.class)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("route", route.metadata().qualifiedName());
            entry.put("hostnames", route.spec().hostnames());
            entry.put("rules", route.spec().rules().size());
            entry.put(
                    "listeners",
                    configuration.state().resources().attachments(route).stream()
                            .map(place -> place.gateway().metadata().qualifiedName() + "/"
                                    + place.listener().name())
                            .toList());
            page.add(entry);
        }
        return text(page);
    }

    String pools() {
        return text(upstream.pools().stream().map(Redacted::tree).toList());
    }

    String endpoints() {
        Map<String, Object> page = new LinkedHashMap<>();
        configuration.state().compiled().targets().forEach((name, target) -> page.put(name, endpoints(target)));
        return text(page);
    }

    private static List<Object> endpoints(Target target) {
        var endpoints = switch (target) {
            case Target.Ai ai -> ai.endpoints();
            case Target.Http http -> http.endpoints();
        };
        List<Object> groups = new ArrayList<>();
        for (var group : endpoints.groups()) {
            List<Object> members = new ArrayList<>();
            for (var endpoint : group) {
                Map<String, Object> member = new LinkedHashMap<>();
                member.put("name", endpoint.id().name());
                member.put("inFlight", endpoint.health().inFlight());
                member.put("consecutiveErrors", endpoint.health().consecutiveErrors());
                member.put("ejected", endpoint.health().ejected());
                members.add(member);
            }
            groups.add(members);
        }
        return groups;
    }

    private static String text(Object page) {
        try {
            return Json.WRITER.writeValueAsString(page) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page cannot be written", e);
        }
    }

    /// Made for the first page that is asked for: it takes longer than compiling a configuration.
    private static final class Json {
        static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();
    }
}
