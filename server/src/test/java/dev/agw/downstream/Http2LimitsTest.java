package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.downstream.ConnectionLimits.Suspicion;
import dev.agw.http.HeadLimits;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that hold HTTP/2 connections and send little meet the limits of those that speak HTTP/1.1.
@Timeout(30)
class Http2LimitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);

    private static TestPort port(Duration idle, Duration head, Suspicion suspicion, Http2 http2) throws IOException {
        ConnectionLimits limits =
                new ConnectionLimits(100, HeadLimits.REQUEST, idle, head, LONG, LONG, 1000, suspicion, http2);
        return new TestPort(limits, (request, reply, lifeline) -> TestPort.text(reply, 200, TestPort.body(request)));
    }

    @Test
    void aBodyThatFallsBehindItsPaceIsRefused() throws Exception {
        Suspicion pace = new Suspicion(100, LONG, 1000, SHORT);
        try (TestPort port = port(LONG, LONG, pace, Http2.DEFAULT);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/").send(FrameClient.DATA, 0, 1, new byte[10]);

            assertThat(client.body(1)).isEqualTo("the request body came too slowly");
            assertThat(port.limits).containsExactly(Limit.BODY_RATE);
        }
    }

    @Test
    void aConnectionThatAsksForNothingIsEnded() throws Exception {
        try (TestPort port = port(LONG, LONG, new Suspicion(100, SHORT, 0, LONG), Http2.DEFAULT);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.next(FrameClient.GOAWAY);

            assertThatThrownBy(client::next).isInstanceOf(EOFException.class);
            assertThat(port.limits).containsExactly(Limit.FIRST_BYTE_TIME);
        }
    }

    @Test
    void aConnectionThatWasServedEndsByAgeAndIsNoOffence() throws Exception {
        try (TestPort port = port(SHORT, LONG, new Suspicion(100, LONG, 0, LONG), Http2.DEFAULT);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/").next(FrameClient.GOAWAY);

            assertThat(port.limits).isEmpty();
        }
    }

    @Test
    void aFrameThatIsBegunAndNotContinuedIsCounted() throws Exception {
        try (TestPort port = port(SHORT, LONG, new Suspicion(100, LONG, 0, LONG), Http2.DEFAULT);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/");
            client.socket().getOutputStream().write(new byte[] {0, 0, 8, 6});
            client.next(FrameClient.GOAWAY);

            assertThat(port.limits).containsExactly(Limit.IDLE_TIME);
        }
    }

    @Test
    void aHeaderBlockThatIsNotContinuedEndsItsConnection() throws Exception {
        try (TestPort port = port(LONG, SHORT, Suspicion.DEFAULT, Http2.DEFAULT);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.send(FrameClient.HEADERS, 0, 1, FrameClient.request("GET", "/"));

            Eventually.until("it is counted", () -> port.limits.contains(Limit.HEAD_TIME));
            Eventually.until("it is closed", () -> port.port.connections() == 0);
        }
    }

    @Test
    void streamsAndWindowsAreAsTheSettingsSay() throws Exception {
        try (TestPort port = port(LONG, LONG, Suspicion.DEFAULT, new Http2(7, 10_000, 100_000));
                FrameClient client = FrameClient.connect(port.port.number())) {
            Map<Integer, Integer> settings = settings(client.next(FrameClient.SETTINGS));
            assertThat(settings).containsEntry(3, 7).containsEntry(4, 10_000);
            assertThat(client.next(FrameClient.WINDOW_UPDATE).number(0)).isEqualTo(100_000 - 65_535);

            client.post(1, "/").send(FrameClient.DATA, FrameClient.END_STREAM, 1, new byte[10_001]);
            assertThat(client.next(FrameClient.RST_STREAM).stream()).isEqualTo(1);
        }
    }

    private static Map<Integer, Integer> settings(Frame frame) {
        ByteBuffer fields = ByteBuffer.wrap(frame.payload());
        Map<Integer, Integer> settings = new HashMap<>();
        while (fields.hasRemaining()) {
            settings.put((int) fields.getShort(), fields.getInt());
        }
        return settings;
    }
}
