package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({
        "10s,10000",
        "1h30m,5400000",
        "250ms,250",
        "0s,0",
        "0,0",
        "1.5h,5400000",
        "24h,86400000",
        "1m0.5s,60500",
        "0.25m,15000",
        "2562047h,9223369200000"
    })
    void readsALengthOfTime(String text, long millis) {
        assertThat(Span.parse(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10", "10 s", "-1s", "1d", "s10", "999999999999h", "2562048h", "2562047h48m"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Span.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void readsDownToTheNanosecond() {
        assertThat(Span.parse("1.000000001s")).hasNanos(1_000_000_001);
        assertThat(Span.parse("1us2ns")).hasNanos(1002);
        assertThat(Span.parse("0.000000001h")).hasNanos(3600);
    }
}
