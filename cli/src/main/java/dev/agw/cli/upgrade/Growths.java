package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Distribution;
import dev.agw.cli.exposition.Sample;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What grew within the window, over several pods.
final class Growths {
    private Growths() {}

    /// What a histogram gathered.
    static Distribution of(List<PodMetrics> pods, String histogram) {
        SortedMap<Double, Double> cumulative = new TreeMap<>();
        double sum = 0;
        double count = 0;
        for (PodMetrics pod : pods) {
            for (Sample bucket : pod.growths(histogram + "_bucket", sample -> true)) {
                cumulative.merge(bucket.bound(), bucket.value(), Double::sum);
            }
            sum += pod.growth(histogram + "_sum", sample -> true);
            count += pod.growth(histogram + "_count", sample -> true);
        }
        return new Distribution(cumulative, sum, count);
    }
}
