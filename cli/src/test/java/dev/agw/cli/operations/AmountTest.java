package dev.agw.cli.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.cli.operations.Amount.Unit;
import dev.agw.schema.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "5%, 0.05, SHARE, 5 %",
        "99.5%, 0.995, SHARE, 99.5 %",
        "40.96s, 40.96, TIME, 40.96s",
        "1h30m, 5400, TIME, 1h30m",
        "30d, 2592000, TIME, 30d",
        "512Mi, 536870912, BYTES, 512Mi",
        "0.5/s, 0.5, RATE, 0.5/s",
        "10 USD/h, 10, SPEND, 10 USD/h",
        "-8, -8, NUMBER, -8",
    })
    void readsNumbersWithTheirUnits(String text, double value, Unit unit, String shown) {
        Amount amount = Amount.parse(text);

        assertThat(amount.value()).isEqualTo(value);
        assertThat(amount.unit()).isEqualTo(unit);
        assertThat(amount.shown()).isEqualTo(shown);
    }

    @Test
    void refusesUnitsItDoesNotKnow() {
        assertThatThrownBy(() -> Amount.parse("10 EUR/h"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("unknown unit \"EUR/h\"");
        assertThatThrownBy(() -> Amount.parse("much")).hasMessageContaining("expected a number with its unit");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "0.25, 250ms", "90, 1m30s", "5400, 1h30m", "86400, 1d"})
    void writesTimesAsPrometheusReadsThem(double seconds, String text) {
        assertThat(Numbers.time(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.05", "10000, 10000", "0.1, 0.1", "1000000000, 1000000000", "-0.5, -0.5"})
    void writesNumbersWithoutExponents(double number, String text) {
        assertThat(Numbers.plain(number)).isEqualTo(text);
    }
}
