package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorTest {
    @ParameterizedTest
    @CsvSource({"0, 100, 0", "1, 100, 1", "50, 100, 50", "100, 100, 100", "3, 1000, 3", "7, 7, 7"})
    void takesItsShareOfAllThatChanceMayBring(int numerator, int denominator, long expected) {
        Mirror<String> mirror = new Mirror<>("shadow", numerator, denominator);
        long taken = IntStream.range(0, denominator)
                .filter(point -> mirror.takes(bound -> point))
                .count();
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void needsNoChanceForAllAndNothing() {
        assertThat(new Mirror<>("shadow", 1, 1).takes()).isTrue();
        assertThat(new Mirror<>("shadow", 0, 1).takes()).isFalse();
    }
}
