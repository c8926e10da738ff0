package dev.agw.telemetry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/*
 * Pools that know a threshold of usage are those for what lasts: "Tenured Gen" (serial), "PS Old Gen", "G1 Old Gen", "ZGC Old
 * Generation" and "Shenandoah". The others are full of garbage before every collection, mostly. But where each request stays, a
 * collection moves all of them into the old generation at once, and a small heap is over before anybody saw it fill up. So the
 * young ones count with the share that survived the last collection. The beans take long to come up: a heap that is rather empty
 * is never asked by them.
 */
/// The heap of this JVM, whatever collector it has. Used by one thread.
final class JvmHeap implements HeapReading {
    private static final double PERCENT = 100;

    private final Runtime runtime = Runtime.getRuntime();
    private double survival = 1;
    private long lastOld;
    private long lastYoung;

    /// Loaded with the first look at a heap that fills up.
    private static final class Pools {
        private static final List<MemoryPoolMXBean> OLD = pools(true);
        private static final List<MemoryPoolMXBean> YOUNG = pools(false);

        private static List<MemoryPoolMXBean> pools(boolean lasting) {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported() == lasting)
                    .toList();
        }

        private static long used(List<MemoryPoolMXBean> pools) {
            long used = 0;
            for (MemoryPoolMXBean pool : pools) {
                used += pool.getUsage().getUsed();
            }
            return used;
        }
    }

    @Override
    public boolean low() {
        return runtime.totalMemory() - runtime.freeMemory() < runtime.maxMemory() / 5 * 2;
    }

    @Override
    public double percent() {
        long young = Pools.used(Pools.YOUNG);
        long old = Pools.used(Pools.OLD);
        learn(old, young);
        return PERCENT * (old + survival * young) / most();
    }

    private long most() {
        long most = Pools.OLD.stream()
                .mapToLong(pool -> pool.getUsage().getMax())
                .max()
                .orElse(-1);
        return most > 0 ? most : runtime.maxMemory();
    }

    /// Young objects became fewer: a collection has shown how many of them are old now.
    private void learn(long old, long young) {
        if (young < lastYoung && old >= lastOld) {
            survival = Math.min(1, (double) (old + young - lastOld) / lastYoung);
        }
        lastOld = old;
        lastYoung = young;
    }

    @Override
    public void collect() {
        System.gc();
        lastYoung = 0;
    }
}
