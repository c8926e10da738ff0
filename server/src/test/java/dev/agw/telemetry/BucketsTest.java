package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void spellsBoundsAsOpenMetricsDoes() {
        Buckets buckets = Buckets.of(
                0.00005, 0.0001, 0.00025, 0.0043, 0.0126, 0.5, 1, 10, 2.5, 81.92, 262144, 1048576, 67108864, 1e9,
                2.5e10);

        assertThat(IntStream.rangeClosed(0, buckets.count()).mapToObj(i -> spelled(buckets, i)))
                .containsExactly(
                        "5e-05",
                        "0.0001",
                        "0.00025",
                        "0.0043",
                        "0.0126",
                        "0.5",
                        "1.0",
                        "10.0",
                        "2.5",
                        "81.92",
                        "262144.0",
                        "1.048576e+06",
                        "6.7108864e+07",
                        "1e+09",
                        "2.5e+10",
                        "+Inf");
    }

    @Test
    void aBoundBelongsToItsBucket() {
        Buckets buckets = Buckets.of(1, 2).and(4);

        assertThat(List.of(buckets.indexOf(0), buckets.indexOf(1), buckets.indexOf(1.5), buckets.indexOf(4)))
                .containsExactly(0, 0, 1, 2);
        assertThat(buckets.indexOf(4.1)).isEqualTo(buckets.count());
        assertThat(buckets).hasToString("[1.0, 2.0, 4.0]");
    }

    private static String spelled(Buckets buckets, int i) {
        String line = new String(buckets.spelled(i), StandardCharsets.US_ASCII);
        assertThat(line).endsWith("\"} ");
        return line.substring(0, line.length() - 3);
    }
}
