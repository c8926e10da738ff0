package dev.agw.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Every metric of the data plane, once: name, type, labels, buckets, unit and help.
///
/// The names, labels and bounds down to [#MODEL_COST_PER_MILLION] are those of the production guide, so that its
/// alerts and dashboards work unchanged; bounds behind `and` widen them where an alert's threshold lies above the
/// last one.
public final class MetricCatalogue {
    private static final List<Metric> ALL = new ArrayList<>();

    private static final List<String> HTTP = List.of(
            "backend", "protocol", "method", "status", "reason", "bind", "gateway", "listener", "route", "route_rule");
    private static final List<String> GEN_AI =
            List.of("gen_ai_operation_name", "gen_ai_system", "gen_ai_request_model", "gen_ai_response_model", "route");
    private static final List<String> TCP = List.of("bind", "gateway", "listener", "protocol");
    private static final List<String> PATH = List.of("gateway", "route", "backend");

    private static final Buckets REQUEST_SECONDS =
            Buckets.of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 80);
    private static final Buckets CONNECT_SECONDS =
            Buckets.of(0.0005, 0.0015, 0.0043, 0.0126, 0.0368, 0.108, 0.316, 0.924, 2.71, 8);
    private static final Buckets OVERHEAD_SECONDS =
            Buckets.of(0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1);

    public static final Metric BUILD_INFO = gauge("agentgateway_build_info", "1, labelled with the version.", "tag");
    public static final Metric REQUESTS =
            add("agentgateway_requests_total", MetricType.COUNTER, HTTP, "", "HTTP requests answered.");
    public static final Metric REQUEST_DURATION = histogram(
            "agentgateway_request_duration_seconds",
            HTTP,
            REQUEST_SECONDS,
            "Time from the arrival of a request to the end of its answer.");
    public static final Metric RESPONSE_BYTES = add(
            "agentgateway_response_bytes_total",
            MetricType.COUNTER,
            HTTP,
            "bytes",
            "Body bytes received from backends.");
    public static final Metric TOKEN_USAGE = add(
            "agentgateway_gen_ai_client_token_usage",
            MetricType.HISTOGRAM,
            behind("gen_ai_token_type", GEN_AI),
            Buckets.powers(4, 14),
            "tokens",
            "Tokens used by one LLM request.");
    public static final Metric GEN_AI_DURATION = histogram(
            "agentgateway_gen_ai_server_request_duration",
            GEN_AI,
            Buckets.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
                    .and(163.84, 327.68),
            "Seconds that an LLM request took, to its last byte.");
    public static final Metric TIME_TO_FIRST_TOKEN = histogram(
            "agentgateway_gen_ai_server_time_to_first_token",
            GEN_AI,
            Buckets.of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
                    .and(20, 30, 60, 120),
            "Seconds from the arrival of a request to the first token of its stream.");
    public static final Metric TIME_PER_OUTPUT_TOKEN = histogram(
            "agentgateway_gen_ai_server_time_per_output_token",
            GEN_AI,
            Buckets.of(0.001, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5),
            "Seconds per output token behind the first, averaged over one stream.");
    public static final Metric MCP_REQUESTS = counter(
            "agentgateway_mcp_requests",
            "MCP calls to tools, prompts and resources.",
            "method",
            "resource_type",
            "server",
            "resource",
            "route");
    public static final Metric GUARDRAIL_CHECKS =
            counter("agentgateway_guardrail_checks", "Guardrail evaluations.", "phase", "action");
    public static final Metric DOWNSTREAM_CONNECTIONS = add(
            "agentgateway_downstream_connections_total",
            MetricType.COUNTER,
            TCP,
            "",
            "Connections accepted from clients.");
    public static final Metric DOWNSTREAM_RECEIVED = add(
            "agentgateway_downstream_received_bytes_total",
            MetricType.COUNTER,
            TCP,
            "bytes",
            "Bytes received from clients.");
    public static final Metric DOWNSTREAM_SENT =
            add("agentgateway_downstream_sent_bytes_total", MetricType.COUNTER, TCP, "bytes", "Bytes sent to clients.");
    public static final Metric UPSTREAM_CONNECT_DURATION = histogram(
            "agentgateway_upstream_connect_duration_seconds",
            List.of("transport"),
            CONNECT_SECONDS,
            "Time to establish a connection to a backend, TLS included.");
    public static final Metric TLS_HANDSHAKE_DURATION = histogram(
            "agentgateway_tls_handshake_duration_seconds",
            TCP,
            CONNECT_SECONDS,
            "Duration of TLS handshakes with clients.");
    public static final Metric XDS_TERMINATIONS =
            counter("agentgateway_xds_connection_terminations", "Ends of the stream from the control plane.", "reason");
    public static final Metric XDS_MESSAGES =
            counter("agentgateway_xds_message_total", "Messages from the control plane.", "url");
    public static final Metric XDS_MESSAGE_BYTES = add(
            "agentgateway_xds_message_bytes_total",
            MetricType.COUNTER,
            List.of("url"),
            "bytes",
            "Bytes received from the control plane.");
    public static final Metric WORKERS =
            gauge("agentgateway_tokio_num_workers", "Carrier threads of the virtual-thread scheduler.");
    public static final Metric ALIVE_TASKS =
            gauge("agentgateway_tokio_num_alive_tasks", "Live virtual threads that serve connections and streams.");
    public static final Metric QUEUE_DEPTH =
            gauge("agentgateway_tokio_global_queue_depth", "Virtual threads that could run and wait for a carrier.");
    public static final Metric ACTIVE_CONNECTIONS = add(
            "agentgateway_active_connections", MetricType.GAUGE, TCP, "", "Connections from clients that are open.");
    public static final Metric LLM_TOKENS =
            counter("agentgateway_llm_tokens_total", "Tokens used.", "direction", "provider", "model");
    public static final Metric LLM_REQUESTS =
            counter("agentgateway_llm_requests_total", "Requests sent to LLM providers.", "provider", "model");
    public static final Metric MODEL_COST_PER_MILLION = gauge(
            "agentgateway_model_cost_per_million",
            "Price of a million tokens in US dollars.",
            "direction",
            "provider",
            "model");

    public static final Metric REQUESTS_IN_FLIGHT =
            gauge("agentgateway_requests_in_flight", "Requests that are being served.");
    public static final Metric STREAMS_IN_FLIGHT =
            gauge("agentgateway_streams_in_flight", "Event streams, upgraded and passed-on connections being relayed.");
    public static final Metric DRAINING =
            gauge("agentgateway_draining", "Whether the gateway was told to end: 1 until it has, else 0.");
    public static final Metric DRAIN_REMAINING_STREAMS = gauge(
            "agentgateway_drain_remaining_streams",
            "Event streams, upgraded and passed-on connections that an end still waits for; 0 while not draining.");
    public static final Metric DRAIN_CUT_REQUESTS = counter(
            "agentgateway_drain_cut_requests_total", "Requests that ran longer than an end waits, and were cut.");
    public static final Metric STREAM_OUTCOMES = counter(
            "agentgateway_stream_outcomes_total", "Event streams by how they ended.", "outcome", "gateway", "route");
    public static final Metric OVERHEAD = histogram(
            "agentgateway_overhead_duration_seconds",
            PATH,
            OVERHEAD_SECONDS,
            "Time that the gateway itself took for a request, without waiting for its client and its backend.");
    public static final Metric FIRST_BYTE = histogram(
            "agentgateway_upstream_first_byte_duration_seconds",
            PATH,
            REQUEST_SECONDS.and(160, 320),
            "Time from the arrival of a request to the head of the backend's response.");
    public static final Metric RETRIES =
            add("agentgateway_retries_total", MetricType.COUNTER, PATH, "", "Calls to backends beyond the first.");
    public static final Metric UPSTREAM_CONNECT_FAILURES = counter(
            "agentgateway_upstream_connect_failures_total",
            "Failed attempts to establish a connection to a backend, TLS included.",
            "transport");
    public static final Metric UPSTREAM_RESENDS = counter(
            "agentgateway_upstream_resends_total",
            "Requests sent again on another connection, as the kept one was dead or its backend had not begun with them.");
    public static final Metric LIMIT_REFUSALS =
            counter("agentgateway_limit_refusals_total", "Requests and connections refused by a limit.", "limit");
    public static final Metric REQUESTS_QUEUED =
            gauge("agentgateway_requests_queued", "Requests that wait because too many are being served.");
    public static final Metric BODY_BYTES_HELD = add(
            "agentgateway_body_held_bytes",
            MetricType.GAUGE,
            List.of(),
            "bytes",
            "Memory for request bodies that are read whole.");
    public static final Metric HEAD_BYTES_HELD = add(
            "agentgateway_head_held_bytes",
            MetricType.GAUGE,
            List.of(),
            "bytes",
            "Memory for what clients have begun to send and not ended: heads, HTTP/2 frames, TLS greetings and records.");
    public static final Metric HEAP_PRESSURE = gauge(
            "agentgateway_heap_pressure",
            "0, or 1 while new requests are refused for want of memory, or 2 while new connections are, too.");
    public static final Metric ACCEPT_ERRORS =
            counter("agentgateway_accept_errors_total", "Failed attempts to accept a connection.");
    public static final Metric PROXY_HEADER_ERRORS = counter(
            "agentgateway_proxy_protocol_errors_total",
            "Connections closed because their PROXY protocol header is missing, malformed or of no trusted proxy.");
    public static final Metric TLS_HANDSHAKE_FAILURES = counter(
            "agentgateway_tls_handshake_failures_total",
            "TLS handshakes with clients that failed, by cause.",
            "cause",
            "bind",
            "gateway",
            "listener");
    public static final Metric TLS_ROUTE_FAILURES = counter(
            "agentgateway_tls_route_failures_total",
            "Connections closed because no TLSRoute, or no backend of it, took them.",
            "cause",
            "bind",
            "gateway",
            "listener");
    public static final Metric TLS_CERTIFICATE_NOT_AFTER = add(
            "agentgateway_tls_certificate_not_after_timestamp_seconds",
            MetricType.GAUGE,
            List.of("gateway", "listener", "certificate"),
            "seconds",
            "When a certificate of a listener ends to be valid, in seconds since 1970.");
    public static final Metric HTTP2_FLOODS =
            counter("agentgateway_http2_floods_total", "HTTP/2 connections cut off for a flood of frames.", "kind");
    public static final Metric UPSTREAM_HTTP2_FLOODS = counter(
            "agentgateway_upstream_http2_floods_total",
            "HTTP/2 connections to backends that were cut off for a flood of frames.",
            "kind");
    public static final Metric BACKEND_ENDPOINTS =
            gauge("agentgateway_backend_endpoints", "Endpoints of a backend by state.", "state", "backend");
    public static final Metric CONFIG_LOADS =
            counter("agentgateway_config_loads_total", "Attempts to load a configuration.", "result");
    public static final Metric CONFIG_LAST_LOAD_SUCCESS =
            gauge("agentgateway_config_last_load_success", "1 if the last load was taken, 0 if it was rejected.");
    public static final Metric CONFIG_LAST_SUCCESS_TIME = add(
            "agentgateway_config_last_load_success_timestamp_seconds",
            MetricType.GAUGE,
            List.of(),
            "seconds",
            "When a configuration was last taken, in seconds since 1970.");
    public static final Metric CONFIG_INFO =
            gauge("agentgateway_config_info", "1, labelled with the hash of the configuration in force.", "hash");
    public static final Metric ACCESS_LOG_DROPPED =
            counter("agentgateway_access_log_dropped_total", "Access log lines lost: its output is slow or broken.");
    public static final Metric HOUSEKEEPING_FAILURES = counter(
            "agentgateway_housekeeping_failures_total",
            "Failures of what runs in the background, which goes on after each of them.",
            "task");
    public static final Metric METRICS_OVERFLOW = counter(
            "agentgateway_metrics_overflow_total",
            "Recordings that found no room for a series of their own.",
            "family");

    private MetricCatalogue() {}

    /// All of them, in the order of the page.
    public static List<Metric> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static Metric counter(String name, String help, String... labels) {
        return add(name, MetricType.COUNTER, List.of(labels), "", help);
    }

    private static Metric gauge(String name, String help, String... labels) {
        return add(name, MetricType.GAUGE, List.of(labels), "", help);
    }

    private static Metric histogram(String name, List<String> labels, Buckets buckets, String help) {
        return add(name, MetricType.HISTOGRAM, labels, buckets, "seconds", help);
    }

    private static Metric add(String name, MetricType type, List<String> labels, String unit, String help) {
        return add(name, type, labels, Buckets.NONE, unit, help);
    }

    private static Metric add(
            String name, MetricType type, List<String> labels, Buckets buckets, String unit, String help) {
        Metric metric = new Metric(name, type, labels, buckets, unit, help);
        ALL.add(metric);
        return metric;
    }

    private static List<String> behind(String first, List<String> others) {
        List<String> labels = new ArrayList<>(others);
        labels.addFirst(first);
        return labels;
    }
}
