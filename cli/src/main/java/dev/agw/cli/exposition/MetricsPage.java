package dev.agw.cli.exposition;

import dev.agw.telemetry.Metric;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a process said of itself at one moment.
///
/// @param types family to the word behind `# TYPE`
public record MetricsPage(Map<String, String> types, List<Sample> samples) {
    public MetricsPage {
        types = Map.copyOf(types);
        samples = List.copyOf(samples);
    }

    /// Reads a page of either format.
    ///
    /// @throws BadPageException at the first line that is wrong
    public static MetricsPage parse(String text) {
        return new PageReader().read(text);
    }

    /// Samples of this name.
    public Stream<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name));
    }

    /// Whether any sample has this name.
    public boolean has(String name) {
        return named(name).findAny().isPresent();
    }

    /// The names of all samples, in order.
    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The sum of the chosen samples of this name; 0 without any.
    public double sum(String name, Predicate<Sample> chosen) {
        return named(name).filter(chosen).mapToDouble(Sample::value).sum();
    }

    /// Whether there is any sample of that metric.
    public boolean has(Metric metric) {
        return has(metric.name());
    }

    /// All series of that metric together; 0 without any.
    public double sum(Metric metric) {
        return sum(metric.name(), sample -> true);
    }

    /// Its series that have this label, together.
    public double sum(Metric metric, String label, String value) {
        return sum(metric.name(), sample -> sample.label(label).equals(value));
    }

    /// The sum of what a histogram has seen.
    public double total(Metric histogram) {
        return sum(histogram.name() + "_sum", sample -> true);
    }

    /// How often a histogram has seen something.
    public double count(Metric histogram) {
        return sum(histogram.name() + "_count", sample -> true);
    }

    /// A histogram's values by upper bound, each count holding those before it.
    public SortedMap<Double, Double> buckets(Metric histogram) {
        SortedMap<Double, Double> buckets = new TreeMap<>();
        named(histogram.name() + "_bucket")
                .forEach(sample -> buckets.merge(sample.bound(), sample.value(), Double::sum));
        return buckets;
    }

    /// The values of one label, each with its series together.
    public Map<String, Double> by(Metric metric, String label) {
        Map<String, Double> sums = new TreeMap<>();
        named(metric.name()).forEach(sample -> sums.merge(sample.label(label), sample.value(), Double::sum));
        return sums;
    }

    /// What each chosen counter of this name grew by since `before`. One that is new then began at 0, one that is
    /// smaller began again.
    public List<Sample> growth(MetricsPage before, String name, Predicate<Sample> chosen) {
        Map<Map<String, String>, Double> old = new LinkedHashMap<>();
        before.named(name).forEach(sample -> old.put(sample.labels(), sample.value()));
        return named(name)
                .filter(chosen)
                .map(sample -> new Sample(name, sample.labels(), grown(sample, old)))
                .toList();
    }

    private static double grown(Sample now, Map<Map<String, String>, Double> old) {
        double was = old.getOrDefault(now.labels(), 0.0);
        return now.value() < was ? now.value() : now.value() - was;
    }

    /// The values that a label takes among samples of this name.
    public Set<String> values(String name, String label) {
        return named(name).map(sample -> sample.label(label)).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
