package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void throwsTheSameForTheSameSeed() {
        Dice dice = new Dice(3);
        Dice same = new Dice(3);

        assertThat(Stream.generate(dice::next).limit(5))
                .isEqualTo(Stream.generate(same::next).limit(5).toList());
        assertThat(new Dice(4).next()).isNotEqualTo(new Dice(3).next());
    }

    @Test
    void makesIdsThatDiffer() {
        Dice dice = new Dice(1);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Dice.id("chatcmpl-", dice.next()));
        }

        assertThat(ids).hasSize(10_000).allMatch(id -> id.matches("chatcmpl-[a-z2-7]{24}"));
        assertThat(Dice.id("a", 1).substring(1)).isNotEqualTo(Dice.id("b", 1).substring(1));
    }

    @Test
    void spreadsOverTheUnit() {
        assertThat(Dice.unit(0)).isZero();
        assertThat(Dice.unit(-1L)).isLessThan(1).isGreaterThan(0.999);
    }
}
