package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/openmetrics-text",
                "Application/OpenMetrics-Text; version=1.0.0",
                "text/plain;q=0.5, application/openmetrics-text;q=0.5"
            })
    void answersOpenMetricsToWhoPrefersIt(String accept) {
        assertThat(Format.of(accept)).isEqualTo(Format.OPENMETRICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "application/openmetrics-text;version=0.0.1",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=many",
                "application/openmetrics-text;q=0.4,text/plain;q=0.5"
            })
    void answersTextToEverybodyElse(String accept) {
        assertThat(Format.of(accept)).isEqualTo(Format.TEXT);
    }
}
