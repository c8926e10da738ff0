package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({"10s,10000", "1h30m,5400000", "250ms,250", "0s,0", "0,0", "1.5h,5400000", "24h,86400000", "1m0.5s,60500"
    })
    void readsALengthOfTime(String text, long millis) {
        assertThat(Span.parse(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10", "10 s", "-1s", "1d", "s10", "999999999999h"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Span.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
