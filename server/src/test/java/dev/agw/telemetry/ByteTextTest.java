package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTextTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesIntegers(long value) {
        assertThat(new ByteText().number(value)).hasToString(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-3,-3", "0.25,0.25", "1e15,1000000000000000", "1e300,1.0E300", "NaN,NaN"})
    void writesDoubles(double value, String text) {
        assertThat(new ByteText().number(value)).hasToString(text);
    }

    @Test
    void writesInfinityAsPrometheusReadsIt() {
        ByteText text = new ByteText().number(Double.POSITIVE_INFINITY).put(' ').number(Double.NEGATIVE_INFINITY);

        assertThat(text).hasToString("+Inf -Inf");
    }

    @Test
    void writesEveryPlaneOfUnicode() {
        ByteText text = new ByteText();
        "aé€😀".codePoints().forEach(text::codePoint);

        assertThat(text).hasToString("aé€😀");
    }

    @Test
    void replacesHalfASurrogatePair() {
        assertThat(new ByteText().codePoint(0xD800)).hasToString("\uFFFD");
    }

    @Test
    void growsAndKeepsWhatItHolds() {
        ByteText text = new ByteText();
        for (int i = 0; i < 1000; i++) {
            text.ascii("0123456789");
        }

        assertThat(text.length()).isEqualTo(10_000);
        assertThat(text.toString()).endsWith("89");
        text.truncate(3);
        assertThat(text).hasToString("012");
    }
}
