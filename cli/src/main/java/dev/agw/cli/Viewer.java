package dev.agw.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.cluster.Cluster;
import dev.agw.cli.cluster.Scope;
import dev.agw.cli.upgrade.ClusterRules;
import dev.agw.cli.upgrade.Dump;
import dev.agw.cli.upgrade.Looks;
import dev.agw.cli.upgrade.Part;
import dev.agw.cli.upgrade.RulesFile;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.cli.upgrade.UrlPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at running gateways, as often as it is told to.
final class Viewer implements AutoCloseable {
    /// A part of a cluster.
    record Place(Cluster cluster, Scope scope) {}

    private final Snapshot still;
    private final Looks looks;
    private final Optional<UrlPages> urls;
    private final Optional<Place> place;
    private Snapshot last;

    /// @param still what does not change between looks
    /// @param urls pages of metrics by their URLs; else the cluster is asked for those of its pods
    Viewer(Snapshot still, Looks looks, Optional<UrlPages> urls, Optional<Place> place) {
        this.still = still;
        this.looks = looks;
        this.urls = urls;
        this.place = place;
        this.last = still;
    }

    /// Looks at URLs alone.
    static Viewer of(Snapshot still, Duration window, Optional<UrlPages> urls) {
        return new Viewer(still, new Looks(window), urls, Optional.empty());
    }

    /// One look at everything that changes.
    void look() throws InterruptedException {
        SortedMap<String, Part<String>> pages = new TreeMap<>();
        Instant now = Instant.now();
        Snapshot seen = still.at(now);
        if (place.isPresent()) {
            seen = cluster(place.get(), seen, pages);
        }
        if (urls.isPresent()) {
            pages.putAll(urls.get().look());
        }
        looks.add(now, pages);
        last = seen.with(looks.span(), looks.pods());
    }

    private Snapshot cluster(Place at, Snapshot seen, SortedMap<String, Part<String>> pages)
            throws InterruptedException {
        SortedMap<String, Part<JsonNode>> objects = at.cluster().objects(at.scope());
        if (urls.isEmpty()) {
            pages.putAll(at.cluster().pages(objects.getOrDefault("pods", new Part.NotAsked<>("no pods"))));
        }
        objects.put("access", at.cluster().access());
        List<RulesFile> rules = new ArrayList<>(seen.rules());
        rules.addAll(ClusterRules.of(objects));
        return seen.withKubernetes(objects).with(rules);
    }

    /// Two looks, as far apart as the window is long; one, if nothing is counted or the window is zero.
    void lookOver(Duration window) throws InterruptedException {
        if (!window.isZero() && (urls.isPresent() || place.isPresent())) {
            look();
            Thread.sleep(window);
        }
        look();
    }

    /// What was seen last.
    Snapshot snapshot() {
        return last;
    }

    /// The pages that its metrics were read from.
    List<Dump.Pages> pages() {
        return looks.pages();
    }

    @Override
    public void close() {
        urls.ifPresent(UrlPages::close);
        place.ifPresent(part -> part.cluster().close());
    }
}
