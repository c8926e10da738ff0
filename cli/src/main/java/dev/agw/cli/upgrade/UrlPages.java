package dev.agw.cli.upgrade;

import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pages of metrics by their URLs.
public final class UrlPages implements AutoCloseable {
    private final List<URI> urls;
    private final HttpSource http = new HttpSource();

    public UrlPages(List<URI> urls) {
        this.urls = List.copyOf(urls);
    }

    /// One look at each.
    public SortedMap<String, Part<String>> look() throws InterruptedException {
        SortedMap<String, Part<String>> pages = new TreeMap<>();
        for (URI url : urls) {
            pages.put(url.toString(), http.get(url));
        }
        return pages;
    }

    @Override
    public void close() {
        http.close();
    }
}
