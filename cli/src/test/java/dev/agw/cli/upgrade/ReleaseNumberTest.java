package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReleaseNumberTest {
    @Test
    void comesBeforeWhatFollowsIt() {
        assertThat(number("v1.9.9")).isLessThan(number("1.10.0-rc.1"));
        assertThat(number("1.10.0-rc.1")).isLessThan(number("1.10.0"));
        assertThat(ReleaseNumber.of("1.10")).isEmpty();
    }

    private static ReleaseNumber number(String text) {
        return ReleaseNumber.of(text).orElseThrow();
    }
}
