package dev.agw.cli.upgrade;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;

/// Pages of metrics by their URLs.
public final class UrlPages implements AutoCloseable {
    private final List<URI> urls;
    private final HttpSource http = new HttpSource();

    public UrlPages(List<URI> urls) {
        this.urls = List.copyOf(urls);
    }

    /// One look at all.
    public SortedMap<String, Part<String>> look() throws InterruptedException {
        Map<String, Callable<Part<String>>> questions = new HashMap<>();
        urls.forEach(url -> questions.put(url.toString(), () -> http.get(url)));
        return AtOnce.asked(questions);
    }

    @Override
    public void close() {
        http.close();
    }
}
