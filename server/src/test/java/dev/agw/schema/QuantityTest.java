package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "500m,0.5",
        "4,4",
        "1.5,1.5",
        "2k,2000",
        "100Mi,104857600",
        "1Gi,1073741824",
        "16KiB,16384",
        "10MB,10000000"
    })
    void readsAnAmount(String text, double value) {
        assertThat(Quantity.parse(text).value().doubleValue()).isEqualTo(value);
        assertThat(Quantity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1K", "-1", "1 Gi", "1gi", "1e3"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("found \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4", "007", "2k", "100Mi", "999999999Gi", "16KiB", "10MB", "3B"})
    void whatIsSmallIsReadAlike(String text) {
        assertThat(Quantity.small(text)).hasValue(Quantity.parse(text).value().longValueExact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500m", "1.5", "1Ti", "1234567890", "", "m", "1K", "-1", "1e3"})
    void whatIsNotSmallIsLeftToParse(String text) {
        assertThat(Quantity.small(text)).isEmpty();
    }
}
