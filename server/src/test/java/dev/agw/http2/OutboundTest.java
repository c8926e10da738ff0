package dev.agw.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What has left and what has not: the difference between a request that may go out again and one that may not.
class OutboundTest {
    private boolean broken;
    private final Outbound out = new Outbound((array, offset, length) -> {
        if (broken) {
            throw new IOException("the peer is gone");
        }
    });

    private void head(int stream) throws IOException {
        out.headers(new SendWindow(stream), encoder -> encoder.field(":method", "GET"), true);
    }

    @Test
    void aHeadThatWasOnlyAddedHasNotBegun() throws Exception {
        head(1);
        out.flush();
        head(3);

        assertThat(out.begun()).isEqualTo(1);
        out.flush();
        assertThat(out.begun()).isEqualTo(3);
    }

    @Test
    void aHeadThatMayHaveLeftHasBegun() throws Exception {
        broken = true;
        head(1);

        assertThatThrownBy(out::flush).hasMessage("the peer is gone");
        assertThat(out.begun()).isEqualTo(1);
    }

    @Test
    void nothingIsSentAfterAWriteThatFailed() throws Exception {
        broken = true;
        head(1);
        assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
        broken = false;

        assertThatThrownBy(() -> head(3)).isInstanceOf(StreamClosedException.class);
        out.flush();
        assertThat(out.begun()).isEqualTo(1);
    }
}
