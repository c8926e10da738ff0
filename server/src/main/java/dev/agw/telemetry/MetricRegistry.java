package dev.agw.telemetry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All families of this process, and the page that shows them.
final class MetricRegistry {
    private final List<Family<?, ?>> families = new CopyOnWriteArrayList<>();
    private final Family<SeriesKey.One, Counter> overflows;
    private final int seriesCap;
    /// The page of the last scrape, whose array the next one uses again; empty while a scrape runs.
    private final AtomicReference<@Nullable ByteText> spare = new AtomicReference<>();

    /// @param seriesCap how many children each family may have
    MetricRegistry(int seriesCap) {
        this.seriesCap = seriesCap;
        this.overflows = new Family<>(
                List.of(Column.of(MetricCatalogue.METRICS_OVERFLOW, counter -> counter)),
                Counter::new,
                Integer.MAX_VALUE,
                () -> {});
        families.add(overflows);
    }

    /// A family of several metrics that share their labels; `cells` makes the cells of a child.
    <K extends SeriesKey, S> Family<K, S> family(Supplier<S> cells, List<Column<S>> columns) {
        Metric first = columns.getFirst().metric();
        SeriesKey.One name = new SeriesKey.One(first.name());
        if (!first.labels().isEmpty()) {
            overflows.of(name); // a counter that begins above 0 has not grown for an alert
        }
        Family<K, S> family =
                new Family<>(columns, cells, seriesCap, () -> overflows.of(name).increment());
        families.add(family);
        return family;
    }

    /// A family of one counter.
    <K extends SeriesKey> Family<K, Counter> counters(Metric metric) {
        return family(Counter::new, List.of(Column.of(metric, counter -> counter)));
    }

    /// A family of one gauge.
    <K extends SeriesKey> Family<K, Gauge> gauges(Metric metric) {
        return family(Gauge::new, List.of(Column.of(metric, gauge -> gauge)));
    }

    /// A family of one histogram.
    <K extends SeriesKey> Family<K, Histogram> histograms(Metric metric) {
        return family(() -> new Histogram(metric.buckets()), List.of(Column.of(metric, histogram -> histogram)));
    }

    /// A counter without labels.
    Counter counter(Metric metric) {
        Family<SeriesKey.None, Counter> family = counters(metric);
        return family.of(new SeriesKey.None());
    }

    /// A gauge without labels.
    Gauge gauge(Metric metric) {
        Family<SeriesKey.None, Gauge> family = gauges(metric);
        return family.of(new SeriesKey.None());
    }

    /// A metric without labels that is looked up when the page is written.
    void reading(Metric metric, DoubleSupplier source) {
        Family<SeriesKey.None, Reading> family = readings(metric);
        family.put(new SeriesKey.None(), new Reading(source));
    }

    /// A family of metrics that are looked up when the page is written.
    <K extends SeriesKey> Family<K, Reading> readings(Metric metric) {
        return family(() -> new Reading(() -> Double.NaN), List.of(Column.of(metric, reading -> reading)));
    }

    /// Writes the page, which may have a megabyte, and hands it over where it lies.
    void scrape(Format format, Page taker) {
        ByteText kept = spare.getAndSet(null);
        ByteText page = kept == null ? new ByteText() : kept;
        page.truncate(0);
        families.forEach(family -> family.write(page, format));
        if (format == Format.OPENMETRICS) {
            page.ascii("# EOF\n");
        }
        page.handTo(taker);
        spare.set(page);
    }
}
