package dev.agw.telemetry;

import java.net.URI;
import java.util.Map;

/// Where spans go and how many.
///
/// @param endpoint the whole URL of an OTLP/HTTP trace receiver, for example `http://collector:4318/v1/traces`
/// @param ratio share of the traces begun here that are recorded, 0 to 1; a caller's decision is followed
/// @param serviceName `service.name` of the spans, for example the gateway's name
/// @param version `service.version` of the spans
/// @param headers sent along with each export, for example an authorization
public record TracingSettings(
        URI endpoint, double ratio, String serviceName, String version, Map<String, String> headers) {
    public TracingSettings {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("expected a ratio from 0 to 1, found " + ratio);
        }
        headers = Map.copyOf(headers);
    }

    /// Without the headers' values: they are secrets.
    @Override
    public String toString() {
        return "TracingSettings[endpoint=" + endpoint + ", ratio=" + ratio + ", serviceName=" + serviceName + "]";
    }
}
