package dev.agw.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareArrayTest {
    private final SpareArray spare = new SpareArray();

    @Test
    void whatIsGivenBackIsLentAgain() {
        byte[] first = spare.lend();
        spare.giveBack(first);

        assertThat(spare.lend()).isSameAs(first).hasSize(SpareArray.SIZE);
    }

    @Test
    void nobodyGetsAnArrayThatIsInUse() {
        byte[] first = spare.lend();

        assertThat(spare.lend()).isNotSameAs(first);
    }
}
