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
            look(second, "pod", counted(second));
        }

        assertThat(looks.span()).isEqualTo(Duration.ofSeconds(10));
        assertThat(growth("pod")).isEqualTo(10);
    }

    @Test
    void aPodThatIsNewHasCountedAllWithinTheWindow() {
        look(0, "old", counted(5));
        look(5, "new", counted(7));

        assertThat(growth("new")).isEqualTo(7);
        assertThat(looks.pods()).containsOnlyKeys("new");
    }

    @Test
    void aPodThatCouldNotBeReadBeforeIsJudgedFromWhenItCould() {
        look(0, "pod", new Part.Unreadable<>("no", ""));
        look(5, "pod", counted(5));
        assertThat(looks.pods()).containsEntry("pod", new Part.Unreadable<>("no at the begin of the window", ""));

        look(9, "pod", counted(6));
        assertThat(growth("pod")).isEqualTo(1);
    }

    @Test
    void aPageThatIsNoneOfAGatewayIsUnreadable() {
        look(0, "other", new Part.Read<>("up 1\nprocess_start_time_seconds 1000\n"));

        assertThat(looks.pods())
                .containsEntry(
                        "other",
                        new Part.Unreadable<>(
                                "no metrics of an agw gateway: agentgateway_build_info is not there",
                                "is the URL right?"));
    }

    private static Part<String> counted(int number) {
        return new Part.Read<>("agentgateway_build_info{tag=\"1.1.0\"} 1\na " + number + "\n");
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
