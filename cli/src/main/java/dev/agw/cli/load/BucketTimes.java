package dev.agw.cli.load;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Times that a histogram of a metrics page counted between two moments.
final class BucketTimes {
    private final SortedMap<Double, Double> counts = new TreeMap<>();

    BucketTimes(SortedMap<Double, Double> before, SortedMap<Double, Double> after) {
        after.forEach((bound, count) -> counts.put(bound, count - before.getOrDefault(bound, 0.0)));
    }

    /// The value that `share` of all don't exceed, at most: the bound of its bucket; 0 if there is none.
    double atMost(double share) {
        double total =
                counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (total <= 0) {
            return 0;
        }
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            if (bucket.getValue() >= share * total) {
                return bucket.getKey();
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
