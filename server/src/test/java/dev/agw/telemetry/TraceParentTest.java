package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.TraceContext;
import dev.agw.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-holds"
            })
    void readsTheCallersContext(String field) {
        assertThat(TraceParent.of(Headers.of("traceparent", field)))
                .isEqualTo(new TraceContext(TRACE, SPAN, SPAN, true));
    }

    @Test
    void readsThatItIsNotSampled() {
        assertThat(TraceParent.of(Headers.of("Traceparent", "00-" + TRACE + "-" + SPAN + "-02")))
                .isEqualTo(new TraceContext(TRACE, SPAN, SPAN, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333z-01",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g"
            })
    void ignoresWhatBreaksTheRules(String field) {
        assertThat(TraceParent.of(Headers.of("traceparent", field))).isEqualTo(TraceContext.NONE);
    }

    @Test
    void ignoresTwoOfThem() {
        String field = "00-" + TRACE + "-" + SPAN + "-01";

        assertThat(TraceParent.of(Headers.of("traceparent", field, "traceparent", field)))
                .isEqualTo(TraceContext.NONE);
    }
}
