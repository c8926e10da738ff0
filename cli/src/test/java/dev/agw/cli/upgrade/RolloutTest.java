package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final String OLD = "agentgateway_build_info{tag=\"1.1.0\"} 1\n";
    private static final String NEW = "agentgateway_build_info{tag=\"1.2.0\"} 1\n";

    @Test
    void isDoneWhenEveryPodRunsTheTarget() {
        assertThat(Rollout.of(Seen.pods(OLD, NEW), "1.2.0")).isEqualTo(new Rollout("1 of 2 pods run 1.2.0", false));
        assertThat(Rollout.of(Seen.pods(NEW, NEW), "1.2.0").done()).isTrue();
        assertThat(Rollout.of(Seen.NOTHING, "1.2.0").done()).isFalse();
        assertThat(Rollout.of(Seen.andOneThatIsGone(Seen.pods(NEW)), "1.2.0").done())
                .isFalse();
    }

    @Test
    void isNotDoneWhileTheDeploymentIsNotAtRest() {
        Snapshot rest = ClusterFixtures.deployment("", "");
        Snapshot late = ClusterFixtures.deployment("\"updatedReplicas\": 3", "\"updatedReplicas\": 2");

        assertThat(Rollout.of(rest, "1.2.0"))
                .isEqualTo(new Rollout("3 of 3 pods are of the new revision, 3 are ready, 3 there", true));
        assertThat(Rollout.of(late, "1.2.0").done()).isFalse();
        assertThat(Rollout.of(Seen.pods(OLD).withKubernetes(rest.kubernetes()), "1.2.0")
                        .done())
                .isFalse();
        assertThat(Rollout.undo(rest)).isEqualTo("kubectl -n ai rollout undo deployment/agw");
    }

    @Test
    void tellsWhatChangedAndWhatWasNeverKnown() {
        Changes changes = new Changes();
        Choice choice = new Choice(Phase.watch, List.of("AGW2004", "AGW2005"), List.of());
        Aim aim = new Aim("1.2.0", Thresholds.DEFAULTS);
        String uncut = "agentgateway_drain_cut_requests_total 0\n";
        Snapshot begin = Seen.pods(OLD + uncut, NEW + uncut);

        assertThat(changes.of(Checks.run(begin, aim, choice), Rollout.of(begin, "1.2.0")))
                .containsExactly(
                        "1 of 2 pods run 1.2.0",
                        "AGW2004 latency-delta: unknown: no requests within the window",
                        "AGW2005 stream-aborts: pass: no request was cut");
        assertThat(changes.of(Checks.run(begin, aim, choice), Rollout.of(begin, "1.2.0")))
                .isEmpty();
        assertThat(changes.neverJudged()).containsExactly("AGW2004 latency-delta");
    }
}
