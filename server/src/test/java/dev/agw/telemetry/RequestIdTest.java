package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.Headers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Az09._-", "0123456789012345678901234567890123456789012345678901234567890123"})
    void keepsTheClientsId(String id) {
        assertThat(RequestId.of(Headers.of("X-Request-Id", id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "é",
                "a/b",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void replacesWhatMayNotStandInLogs(String id) {
        assertThat(RequestId.of(Headers.of("x-request-id", id))).matches("[0-9a-f]{32}");
    }

    @Test
    void makesIdsThatDifferAndSortByTime() {
        assertThat(Stream.generate(() -> RequestId.of(Headers.of())).limit(10_000))
                .doesNotHaveDuplicates();

        String id = RequestId.of(Headers.of());
        assertThat(Long.parseLong(id.substring(0, 12), 16))
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    }
}
