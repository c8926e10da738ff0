package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapPressureTest {
    private static final long LATER = Duration.ofMinutes(1).toNanos();

    private final Heap heap = new Heap();
    private final Housekeeping housekeeping = new Housekeeping();
    private final HeapPressure pressure = new HeapPressure(heap, 85, 95, housekeeping);

    /// A heap of which some percent last and some are garbage.
    private static final class Heap implements HeapReading {
        int lasting;
        int garbage;
        int collections;
        volatile boolean fails;

        @Override
        public boolean low() {
            if (fails) {
                throw new StackOverflowError("for a test");
            }
            return lasting + garbage < 50;
        }

        @Override
        public double percent() {
            return lasting + garbage;
        }

        @Override
        public void collect() {
            garbage = 0;
            collections++;
        }
    }

    @Test
    void garbageAloneRefusesNobody() {
        heap.lasting = 40;
        heap.garbage = 50;
        pressure.look(0);

        assertThat(pressure.refusesRequests()).isFalse();
        assertThat(heap.collections).isEqualTo(1);
    }

    @Test
    void whatLastsRefusesRequestsFirstAndConnectionsLater() {
        heap.lasting = 86;
        pressure.look(0);
        assertThat(pressure.refusesRequests()).isTrue();
        assertThat(pressure.refusesConnections()).isFalse();

        heap.lasting = 96;
        pressure.look(LATER);
        assertThat(pressure.refusesConnections()).isTrue();
    }

    @Test
    void aHeapThatFillsUpAtOnceRefusesRequestsBeforeConnections() {
        heap.lasting = 99;
        pressure.look(0);
        assertThat(pressure.refusesRequests()).isTrue();
        assertThat(pressure.refusesConnections()).isFalse();

        pressure.look(LATER);
        assertThat(pressure.refusesConnections()).isTrue();
    }

    @Test
    void aFullHeapRefusesRequestsEvenBeforeACollectionIsDue() {
        heap.garbage = 90;
        pressure.look(0);
        assertThat(pressure.refusesRequests()).isFalse();

        heap.lasting = 96;
        pressure.look(1);
        assertThat(pressure.refusesRequests()).isTrue();
        assertThat(pressure.refusesConnections()).isFalse();
        assertThat(heap.collections).isEqualTo(1);
    }

    @Test
    void workIsTakenAgainOnlyWellBelowTheThreshold() {
        heap.lasting = 86;
        pressure.look(0);
        heap.lasting = 82;
        pressure.look(LATER);
        assertThat(pressure.refusesRequests()).isTrue();

        heap.lasting = 70;
        heap.garbage = 20;
        pressure.look(2 * LATER);
        assertThat(pressure.refusesRequests()).isFalse();
    }

    @Test
    void collectionsTakeTurnsWithWork() {
        heap.lasting = 86;
        pressure.look(0);
        pressure.look(1);
        assertThat(heap.collections).isEqualTo(1);
        pressure.look(LATER);
        assertThat(heap.collections).isEqualTo(2);
    }

    @Test
    void looksOnAfterAnError() throws Exception {
        heap.fails = true;
        try (HeapPressure watching = pressure.begun()) {
            Eventually.until("it failed", () -> housekeeping.failures(Chore.HEAP) > 1);
            heap.lasting = 86;
            heap.fails = false;
            Eventually.until("it looks again", watching::refusesRequests);
        }
    }

    @Test
    void theHeapOfThisProcessCanBeRead() {
        JvmHeap own = new JvmHeap();
        own.collect();

        assertThat(own.percent()).isBetween(0.0, 100.0);
    }
}
