package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordMemoryTest {
    private static final int TIMES = 1_000_000;

    private final HeadBudget budget = new HeadBudget(1000);
    private final RecordMemory memory = new RecordMemory(budget);
    private final CountDownLatch together = new CountDownLatch(2);

    @Test
    void twoWhoAskAtATimeTakeNothingFromEachOther() throws Exception {
        FutureTask<Boolean> one = new FutureTask<>(() -> always(300));
        FutureTask<Boolean> other = new FutureTask<>(() -> always(500));
        Thread.ofPlatform().start(one);
        Thread.ofPlatform().start(other);

        assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        memory.close();
        assertThat(budget.held()).isZero();
    }

    private boolean always(int bytes) {
        together.countDown();
        TestPort.await(together);
        boolean had = true;
        for (int i = 0; i < TIMES; i++) {
            had &= memory.holds(bytes) && memory.holds(0);
        }
        return had;
    }

    @Test
    void nothingIsHeldForAConnectionThatIsOver() {
        assertThat(memory.holds(700)).isTrue();
        memory.close();

        assertThat(memory.holds(100)).isFalse();
        assertThat(budget.held()).isZero();
    }

    @Test
    void moreThanThereIsChangesNothing() {
        assertThat(memory.holds(700)).isTrue();
        assertThat(memory.holds(1001)).isFalse();
        assertThat(budget.held()).isEqualTo(700);
    }
}
