package dev.agw.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonSpliceTest {
    private final byte[] text = "0123456789".getBytes(UTF_8);
    private final JsonSplice splice = new JsonSplice(text);

    @Test
    void givesTheVeryArrayBackIfNothingChanges() {
        assertThat(splice.result()).isSameAs(text);
    }

    @Test
    void replacesAndInsertsInWhateverOrderTheEditsCame() {
        splice.replace(8, 10, "end".getBytes(UTF_8));
        splice.insert(0, "a".getBytes(UTF_8));
        splice.insert(0, "b".getBytes(UTF_8));
        splice.replace(2, 5, "".getBytes(UTF_8));
        assertThat(splice.result()).asString(UTF_8).isEqualTo("ab01567end");
    }
}
