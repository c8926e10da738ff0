package dev.agw.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SpareBufferTest {
    private final SpareBuffer spare = new SpareBuffer();

    @Test
    void whatIsGivenBackIsLentAgain() {
        ByteBuffer first = spare.take(100);
        first.putInt(1);
        spare.give(first);

        assertThat(spare.take(100)).isSameAs(first);
        assertThat(first.remaining()).isEqualTo(100);
    }

    @Test
    void nobodyGetsABufferThatIsInUseOrTooSmall() {
        ByteBuffer first = spare.take(100);
        assertThat(spare.take(100)).isNotSameAs(first);
        spare.give(first);
        assertThat(spare.take(101).remaining()).isEqualTo(101);
    }
}
