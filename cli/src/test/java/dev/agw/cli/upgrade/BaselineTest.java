package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final String TWO = "x{a=\"1\"} 1\nx{a=\"2\"} 1\n";

    @Test
    void keepsWhenItWasTakenAndWhatOnePodHad() {
        Baseline taken = Baseline.of(Seen.pods(TWO, "x{a=\"1\"} 1\ny 1\n")).orElseThrow();

        assertThat(taken.taken())
                .isEqualTo(new Baseline.Taken(Seen.AT, 2))
                .hasToString("1970-01-01T02:46:40Z, of 2 pods");
        assertThat(taken.series()).isEqualTo(Map.of("x", 2, "y", 1));
        assertThat(Baseline.read(taken.json())).isEqualTo(new Part.Read<>(taken));
    }

    @Test
    void isNotTakenUnlessEveryPodWasRead() {
        assertThat(Baseline.of(Seen.NOTHING)).isEmpty();
        assertThat(Baseline.of(Seen.andOneThatIsGone(Seen.pods(TWO)))).isEmpty();
    }

    @Test
    void oneWithoutMetricsIsUnreadable() {
        assertThat(Baseline.read(Seen.tree("{\"schemaVersion\": 2, \"series\": {}}")))
                .isEqualTo(new Part.Unreadable<>(
                        "the baseline holds no metrics", "remove it, and write one in the phase pre"));
        assertThat(Baseline.read(Seen.tree("{\"series\": {\"x\": 1}}"))).isInstanceOf(Part.Unreadable.class);
    }
}
