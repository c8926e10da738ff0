package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockReaderTest {
    private static List<Long> times(String stream) {
        ClockReader reader = new ClockReader();
        List<Long> times = new ArrayList<>();
        for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
            long time = reader.accept(b);
            if (time > 0) {
                times.add(time);
            }
        }
        return times;
    }

    @Test
    void findsTheTimeOfEachToken() {
        assertThat(times("data: {\"delta\":{\"content\":\"123\"}}\n\ndata: {\"delta\":{\"content\":\"9876543210\"}}"))
                .containsExactly(123L, 9876543210L);
    }

    @Test
    void passesOverWhatIsNoTime() {
        assertThat(times("{\"content\":\"\",\"contents\":\"5\",\"content\":\"12 o'clock\",\"content\":7,\"x\":\"8\"}"))
                .isEmpty();
        assertThat(times("\"\"content\":\"6\"")).containsExactly(6L);
    }
}
