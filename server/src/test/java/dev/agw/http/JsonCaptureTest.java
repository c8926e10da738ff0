package dev.agw.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonCaptureTest {
    private static final JsonNames WANTED = JsonNames.of("model", "usage");
    private static final int MODEL = 0;
    private static final int USAGE = 1;
    private static final String ANSWER =
            "{\"id\":\"1\",\"choices\":[{\"usage\":7}],\"usage\" : {\"n\": [1,{\"usage\":\"\\\"}\"}]} ,\"model\":\"m\"}";

    @Test
    void keepsTheSameValuesHoweverTheTextIsCut() {
        byte[] json = ANSWER.getBytes(UTF_8);
        for (int first = 0; first <= json.length; first++) {
            for (int second = first; second <= json.length; second += 3) {
                JsonCapture capture = new JsonCapture(WANTED, 64, 1000);
                capture.scan(json, 0, first);
                capture.scan(json, first, second - first);
                capture.scan(json, second, json.length - second);
                assertThat(capture.complete()).isTrue();
                assertThat(capture.value(MODEL).text()).isEqualTo("m");
                JsonCursor usage = capture.value(USAGE);
                assertThat(usage.end() - usage.start()).isEqualTo("{\"n\": [1,{\"usage\":\"\\\"}\"}]}".length());
            }
        }
    }

    @Test
    void holdsNothingOfAValueThatIsOverTheBound() {
        JsonCapture capture = capture(10, "{\"usage\":\"", "123456789", "0123456789\",\"model\":\"ok\"}");
        assertThat(capture.value(USAGE).string()).isFalse();
        assertThat(capture.value(MODEL).text()).isEqualTo("ok");
    }

    @Test
    void givesNothingOfAValueThatHasNotEnded() {
        assertThat(capture(100, "{\"usage\":{\"n\":1").value(USAGE).object()).isFalse();
        assertThat(capture(100, "{").value(USAGE).object()).isFalse();
    }

    @Test
    void letsTheLaterOfTwoMembersHold() {
        assertThat(capture(100, "{\"model\":\"first\",\"mod", "el\":\"se", "cond\"}")
                        .value(MODEL)
                        .text())
                .isEqualTo("second");
    }

    private static JsonCapture capture(int bound, String... pieces) {
        JsonCapture capture = new JsonCapture(WANTED, 64, bound);
        for (String piece : pieces) {
            capture.scan(piece.getBytes(UTF_8), 0, piece.length());
        }
        return capture;
    }
}
