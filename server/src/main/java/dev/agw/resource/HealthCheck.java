package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.Optional;

/// Probes of endpoints.
@Doc("Probes that keep dead endpoints out.")
public record HealthCheck(
        @Doc(value = "Time between two probes.", byDefault = "10s")
        Duration interval,

        @Doc(value = "Time for an answer.", byDefault = "5s")
        Duration timeout,

        @Doc(value = "Good probes in a row that bring an endpoint back.", byDefault = "2") @Range(min = 1)
        int healthyThreshold,

        @Doc(value = "Bad probes in a row that take an endpoint out.", byDefault = "3") @Range(min = 1)
        int unhealthyThreshold,

        @Doc("Request to send. Absent: only a connection is made.")
        Optional<Http> http) {

    @Doc("A request that is sent as a probe; any status of 2xx is good.")
    public record Http(
            @Doc(value = "Path.", byDefault = "/") String path,
            @Doc("Host to send. Absent: the endpoint's.") Optional<String> host,
            @Doc(value = "Method.", byDefault = "GET") String method) {}
}
