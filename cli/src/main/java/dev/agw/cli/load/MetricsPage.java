package dev.agw.cli.load;

import dev.agw.telemetry.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a gateway's `/metrics` says at one moment, by metrics of the catalogue. Immutable.
public final class MetricsPage {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Map<String, List<Sample>> samples = new HashMap<>();

    private record Sample(Map<String, String> labels, double value) {}

    private MetricsPage(String text) {
        Matcher matcher = SAMPLE.matcher(text);
        while (matcher.find()) {
            String labels = matcher.group(2);
            samples.computeIfAbsent(matcher.group(1), any -> new ArrayList<>())
                    .add(new Sample(labels(labels == null ? "" : labels), number(matcher.group(3))));
        }
    }

    /// Reads the Prometheus text format.
    public static MetricsPage parse(String text) {
        return new MetricsPage(text);
    }

    /// Fetches the page; a URL without path means `/metrics`.
    ///
    /// @throws LoadException it cannot be had
    public static MetricsPage fetch(URI url) throws InterruptedException {
        URI page = url.getRawPath().length() > 1 ? url : url.resolve("/metrics");
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw LoadException.unanswered("no metrics: " + page + " answers " + response.statusCode());
            }
            return parse(response.body());
        } catch (IOException e) {
            throw LoadException.unanswered("no metrics: " + page + " does not answer (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw LoadException.wrong("no URL of metrics: " + url);
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = LABEL.matcher(text);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /// Whether there is any sample of it.
    public boolean has(Metric metric) {
        return samples.containsKey(metric.name());
    }

    /// All its series together; 0 if there are none.
    public double sum(Metric metric) {
        return sum(metric.name(), "", "");
    }

    /// Its series that have this label, together.
    public double sum(Metric metric, String label, String value) {
        return sum(metric.name(), label, value);
    }

    /// The sum of what a histogram has seen.
    public double total(Metric histogram) {
        return sum(histogram.name() + "_sum", "", "");
    }

    /// How often a histogram has seen something.
    public double count(Metric histogram) {
        return sum(histogram.name() + "_count", "", "");
    }

    /// A histogram's values by upper bound, each count holding those before it.
    public SortedMap<Double, Double> buckets(Metric histogram) {
        SortedMap<Double, Double> buckets = new TreeMap<>();
        for (Sample sample : samples.getOrDefault(histogram.name() + "_bucket", List.of())) {
            buckets.merge(number(sample.labels.getOrDefault("le", "+Inf")), sample.value, Double::sum);
        }
        return buckets;
    }

    /// The values of one label, each with its series together.
    public Map<String, Double> by(Metric metric, String label) {
        Map<String, Double> sums = new TreeMap<>();
        for (Sample sample : samples.getOrDefault(metric.name(), List.of())) {
            sums.merge(sample.labels.getOrDefault(label, ""), sample.value, Double::sum);
        }
        return sums;
    }

    private double sum(String name, String label, String value) {
        return samples.getOrDefault(name, List.of()).stream()
                .filter(sample -> label.isEmpty() || value.equals(sample.labels.get(label)))
                .mapToDouble(Sample::value)
                .sum();
    }
}
