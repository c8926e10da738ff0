package dev.agw.gateway.flow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The values of a metrics page.
///
/// @param values by what stands before the value: `name{label="value",...}`
record Samples(Map<String, Double> values) {

    /// Reads the text format.
    static Samples of(String page) {
        Map<String, Double> values = new LinkedHashMap<>();
        page.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return new Samples(values);
    }

    /// The sum over all series of a name that carry the labels.
    ///
    /// @param labels such as `reason=Upstream`
    double sum(String name, String... labels) {
        return values.entrySet().stream()
                .filter(sample -> fits(sample.getKey(), name, labels))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// How many series a name has.
    long series(String name) {
        return values.keySet().stream().filter(key -> fits(key, name)).count();
    }

    private static boolean fits(String key, String name, String... labels) {
        int brace = key.indexOf('{');
        String own = brace < 0 ? key : key.substring(0, brace);
        return own.equals(name)
                && Arrays.stream(labels)
                        .map(label -> label.replaceFirst("=", "=\"") + "\"")
                        .allMatch(key::contains);
    }
}
