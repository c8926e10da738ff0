package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordMemoryTest {
    private static final int TIMES = 100_000;

    private final HeadBudget budget = new HeadBudget(1000);
    private final RecordMemory memory = new RecordMemory(budget);

    @Test
    void twoWhoAskAtATimeTakeNothingFromEachOther() throws Exception {
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> always(300));
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> always(500));

        assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        memory.close();
        assertThat(budget.held()).isZero();
    }

    private boolean always(int bytes) {
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
