package dev.agw.cli.exposition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the lines of one page.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://prometheus.io/docs/specs/om/open_metrics_spec/. Taken is what both allow; exemplars and timestamps are
/// passed over. Not taken: series that occur twice, and anything behind `# EOF`.
final class PageReader {
    private static final Set<String> WORDS = Set.of(
            "counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram");
    private static final int FIELDS = 4;

    private final Map<String, String> types = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Set<Map.Entry<String, Map<String, String>>> series = new HashSet<>();
    private boolean ended;

    MetricsPage read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (ended) {
                throw new BadPageException(number, "nothing may stand behind # EOF");
            }
            read(line, number);
        }
        return new MetricsPage(types, samples);
    }

    private void read(String line, int number) {
        if (line.startsWith("#")) {
            comment(line, number);
        } else if (!line.isBlank()) {
            Sample sample = new LineReader(line, number).sample();
            if (!series.add(Map.entry(sample.name(), sample.labels()))) {
                throw new BadPageException(number, "the series occurs twice: " + sample.name() + sample.labels());
            }
            samples.add(sample);
        }
    }

    private void comment(String line, int number) {
        if (line.equals("# EOF")) {
            ended = true;
        } else if (line.startsWith("# TYPE ")) {
            type(line.split(" ", FIELDS), number);
        }
    }

    private void type(String[] fields, int number) {
        if (fields.length != FIELDS || !WORDS.contains(fields[FIELDS - 1])) {
            throw new BadPageException(number, "expected # TYPE, a name and a type such as counter");
        }
        if (types.put(fields[2], fields[FIELDS - 1]) != null) {
            throw new BadPageException(number, "a second # TYPE of " + fields[2]);
        }
    }
}
