package dev.agw.cli.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.exposition.Distribution;
import dev.agw.cli.exposition.HttpPages;
import dev.agw.cli.load.LoadException;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.RuntimeCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a Prometheus that scrapes the gateways says of their load and its cost, over a window.
///
/// @param window as PromQL spells it, for example `7d`
public record PrometheusInputs(URI url, String window) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The queries; `$W` is the window. Metrics of the catalogue alone.
    static Map<Input, String> queries() {
        String requests = MetricCatalogue.REQUESTS.name();
        String duration = MetricCatalogue.REQUEST_DURATION.name();
        // Five minutes hold samples enough, where a Prometheus scrapes once a minute, too.
        String rates = "(sum(rate(" + requests + "[5m])))[$W:1m])";
        Map<Input, String> queries = new EnumMap<>(Input.class);
        queries.put(Input.RATE, "quantile_over_time(0.99, " + rates);
        queries.put(Input.TROUGH_RATE, "quantile_over_time(0.05, " + rates);
        queries.put(Input.TIME, "sum(rate(" + duration + "_sum[$W])) / sum(rate(" + duration + "_count[$W]))");
        queries.put(
                Input.IN_FLIGHT,
                "quantile_over_time(0.99, (sum(" + MetricCatalogue.REQUESTS_IN_FLIGHT.name() + "))[$W:1m])");
        queries.put(
                Input.CPU_PER_REQUEST,
                "sum(rate(" + RuntimeCatalogue.PROCESS_CPU.name() + "[$W]) and on (instance, job) "
                        + MetricCatalogue.BUILD_INFO.name() + ") / sum(rate(" + requests + "[$W]))");
        queries.put(
                Input.TOKENS_PER_REQUEST,
                "sum(rate(" + MetricCatalogue.LLM_TOKENS.name() + "[$W])) / sum(rate("
                        + MetricCatalogue.LLM_REQUESTS.name() + "[$W]))");
        return queries;
    }

    /// What it knows; what it has no data for is left out.
    ///
    /// @throws LoadException it does not answer, or knows no gateway
    public Map<Input, Double> values() throws InterruptedException {
        Map<Input, Double> values = new EnumMap<>(Input.class);
        for (Map.Entry<Input, String> query : queries().entrySet()) {
            double value = number(query(query.getValue()).path(0).path("value").path(1));
            if (value > 0 && !Double.isInfinite(value)) {
                values.put(query.getKey(), value);
            }
        }
        if (!values.containsKey(Input.RATE)) {
            throw LoadException.unanswered(url + " has no requests of a gateway within " + window);
        }
        return values;
    }

    /// How long requests took.
    public Durations durations() throws InterruptedException {
        String duration = MetricCatalogue.REQUEST_DURATION.name();
        SortedMap<Double, Double> buckets = new TreeMap<>();
        for (JsonNode series : query("sum by (le) (increase(" + duration + "_bucket[$W]))")) {
            String bound = series.path("metric").path("le").asText();
            double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
            buckets.put(upper, number(series.path("value").path(1)));
        }
        return Durations.of(
                new Distribution(buckets, total(duration + "_sum"), total(duration + "_count")),
                "as measured within " + window);
    }

    private double total(String counter) throws InterruptedException {
        return number(query("sum(increase(" + counter + "[$W]))")
                .path(0)
                .path("value")
                .path(1));
    }

    /// NaN, as a ratio of nothing is, counts as no data.
    private static double number(JsonNode value) {
        double number = value.asText("").isEmpty()
                ? 0
                : Double.parseDouble(value.asText().replace("+Inf", "Infinity"));
        return Double.isNaN(number) ? 0 : number;
    }

    private JsonNode query(String promql) throws InterruptedException {
        String query = URLEncoder.encode(promql.replace("$W", window), StandardCharsets.UTF_8);
        String base = url.toString().replaceAll("/+$", "");
        try (HttpPages http = new HttpPages(PATIENCE)) {
            JsonNode answer = JSON.readTree(
                    http.get(URI.create(base + "/api/v1/query?query=" + query)).body());
            if (!answer.path("status").asText().equals("success")) {
                throw LoadException.unanswered(
                        url + " refuses a query: " + answer.path("error").asText("this is no Prometheus"));
            }
            return answer.path("data").path("result");
        } catch (IOException e) {
            throw LoadException.unanswered("no Prometheus answers at " + url + " (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw LoadException.wrong("no URL of a Prometheus: " + url);
        }
    }
}
