package dev.agw.cli.upgrade;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks at pages of metrics, one after the other; what counters grew by is judged between the last one and the first
/// within the window.
public final class Looks {
    private record Look(Instant at, SortedMap<String, Part<String>> pages) {}

    private final Duration window;
    private final List<Look> looks = new ArrayList<>();

    /// @param window how far back growth is judged: one look that is as old is kept
    public Looks(Duration window) {
        this.window = window;
    }

    /// One more look.
    public void add(Instant at, SortedMap<String, Part<String>> pages) {
        looks.addLast(new Look(at, pages));
        while (looks.size() > 2 && !looks.get(1).at().isAfter(at.minus(window))) {
            looks.removeFirst();
        }
    }

    /// Between the first look and the last one; zero if there is one.
    public Duration span() {
        return looks.isEmpty()
                ? Duration.ZERO
                : Duration.between(looks.getFirst().at(), looks.getLast().at());
    }

    /// Every pod of the last look, read.
    public SortedMap<String, Part<PodMetrics>> pods() {
        SortedMap<String, Part<PodMetrics>> pods = new TreeMap<>();
        last().forEach((pod, page) -> pods.put(pod, read(pod, page)));
        return pods;
    }

    /// The pages that those were read from.
    public List<Dump.Pages> pages() {
        List<Dump.Pages> pages = new ArrayList<>();
        last().forEach((pod, page) -> {
            if (page instanceof Part.Read<String>(String now)) {
                pages.add(new Dump.Pages(pod, before(pod), now));
            }
        });
        return pages;
    }

    private SortedMap<String, Part<String>> last() {
        return looks.isEmpty() ? new TreeMap<>() : looks.getLast().pages();
    }

    private Part<PodMetrics> read(String pod, Part<String> page) {
        return switch (page) {
            case Part.Read<String>(String now) -> whole(pod, now);
            case Part.Unreadable<String>(String why, String remedy) -> new Part.Unreadable<>(why, remedy);
            case Part.NotAsked<String>(String how) -> new Part.NotAsked<>(how);
        };
    }

    /// A page whose earlier looks all failed would pass for growth within the window what was counted long before it. A
    /// pod that is new, on the other hand, has counted all of it within the window.
    private Part<PodMetrics> whole(String pod, String now) {
        Optional<String> before = before(pod);
        Optional<Part<String>> failed =
                before.isPresent() ? Optional.empty() : earlier(pod).findFirst();
        return failed.orElse(new Part.Read<>("")) instanceof Part.Unreadable<String>(String why, String remedy)
                ? new Part.Unreadable<>(why + " at the begin of the window", remedy)
                : new Dump.Pages(pod, before, now).read();
    }

    private Optional<String> before(String pod) {
        return earlier(pod)
                .filter(page -> page instanceof Part.Read<String>)
                .map(page -> ((Part.Read<String>) page).value())
                .findFirst();
    }

    private Stream<Part<String>> earlier(String pod) {
        return looks.stream()
                .limit(Math.max(0, looks.size() - 1))
                .map(Look::pages)
                .flatMap(pages -> Optional.ofNullable(pages.get(pod)).stream());
    }
}
