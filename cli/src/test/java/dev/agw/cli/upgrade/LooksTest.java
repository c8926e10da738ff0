package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final Looks looks = new Looks(Duration.ofSeconds(10));

    @Test
    void growthIsThatSinceTheLookThatIsAsOldAsTheWindow() {
        for (int second = 0; second <= 30; second += 5) {
            look(second, "pod", new Part.Read<>("a " + second + "\n"));
        }

        assertThat(looks.span()).isEqualTo(Duration.ofSeconds(10));
        assertThat(growth("pod")).isEqualTo(10);
    }

    @Test
    void aPodThatIsNewHasCountedAllWithinTheWindow() {
        look(0, "old", new Part.Read<>("a 5\n"));
        look(5, "new", new Part.Read<>("a 7\n"));

        assertThat(growth("new")).isEqualTo(7);
        assertThat(looks.pods()).containsOnlyKeys("new");
    }

    @Test
    void aPodThatCouldNotBeReadBeforeIsJudgedFromWhenItCould() {
        look(0, "pod", new Part.Unreadable<>("no", ""));
        look(5, "pod", new Part.Read<>("a 5\n"));
        assertThat(looks.pods()).containsEntry("pod", new Part.Unreadable<>("no at the begin of the window", ""));

        look(9, "pod", new Part.Read<>("a 6\n"));
        assertThat(growth("pod")).isEqualTo(1);
    }

    private void look(int second, String pod, Part<String> page) {
        looks.add(Seen.AT.plusSeconds(second), new TreeMap<>(Map.of(pod, page)));
    }

    private double growth(String pod) {
        return Seen.NOTHING.with(looks.span(), looks.pods()).pods().get(pod)
                        instanceof Part.Read<PodMetrics>(PodMetrics metrics)
                ? metrics.growth("a", sample -> true)
                : Double.NaN;
    }
}
