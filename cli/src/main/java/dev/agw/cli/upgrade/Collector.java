package dev.agw.cli.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks at gateways and at a Prometheus by their URLs.
public final class Collector {
    /// Metrics of all gateways, and the pages they were read from.
    public record Metrics(SortedMap<String, Part<PodMetrics>> pods, List<Dump.Pages> pages) {}

    private Collector() {}

    /// Looks twice, `window` apart, or once if it is zero.
    public static Metrics metrics(List<URI> urls, Duration window) throws InterruptedException {
        try (HttpSource source = new HttpSource()) {
            Map<URI, Part<String>> before = window.isZero() ? Map.of() : look(source, urls);
            Thread.sleep(window);
            Map<URI, Part<String>> now = look(source, urls);
            SortedMap<String, Part<PodMetrics>> pods = new TreeMap<>();
            List<Dump.Pages> pages = new ArrayList<>();
            now.forEach((url, page) -> pods.put(url.toString(), read(url, page, before.get(url), pages)));
            return new Metrics(pods, pages);
        }
    }

    private static Map<URI, Part<String>> look(HttpSource source, List<URI> urls) throws InterruptedException {
        Map<URI, Part<String>> pages = new LinkedHashMap<>();
        for (URI url : urls) {
            pages.put(url, source.get(url));
        }
        return pages;
    }

    /// A page whose first look failed would pass for growth within the window what was counted long before it.
    private static Part<PodMetrics> read(
            URI url, Part<String> now, @Nullable Part<String> before, List<Dump.Pages> pages) {
        Optional<String> first =
                before instanceof Part.Read<String>(String page) ? Optional.of(page) : Optional.empty();
        if (before instanceof Part.Unreadable<String>(String why, String remedy)) {
            return new Part.Unreadable<>(why + " at the begin of the window", remedy);
        }
        return switch (now) {
            case Part.Read<String>(String text) -> {
                Dump.Pages both = new Dump.Pages(url.toString(), first, text);
                pages.add(both);
                yield both.read();
            }
            case Part.Unreadable<String>(String why, String remedy) -> new Part.Unreadable<>(why, remedy);
            case Part.NotAsked<String>(String how) -> new Part.NotAsked<>(how);
        };
    }

    /// The answers of a Prometheus that checks look at.
    public static SortedMap<String, Part<JsonNode>> prometheus(URI base) throws InterruptedException {
        SortedMap<String, Part<JsonNode>> answers = new TreeMap<>();
        try (HttpSource source = new HttpSource()) {
            answers.put(
                    "alerts", tree(source.get(URI.create(base.toString().replaceAll("/+$", "") + "/api/v1/alerts"))));
        }
        return answers;
    }

    private static Part<JsonNode> tree(Part<String> answer) {
        return switch (answer) {
            case Part.Read<String>(String text) -> tree(text);
            case Part.Unreadable<String>(String why, String remedy) -> new Part.Unreadable<>(why, remedy);
            case Part.NotAsked<String>(String how) -> new Part.NotAsked<>(how);
        };
    }

    private static Part<JsonNode> tree(String text) {
        try {
            JsonNode tree = Dump.JSON.readTree(text);
            return tree.path("status").asText().equals("success")
                    ? new Part.Read<>(tree)
                    : new Part.Unreadable<>("the answer is none of a Prometheus", "is the URL right?");
        } catch (JsonProcessingException wrong) {
            return new Part.Unreadable<>("the answer is no JSON", "is the URL right?");
        }
    }
}
