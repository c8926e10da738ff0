package dev.agw.telemetry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/*
 * Pools that know a threshold of usage are those for what lasts: "Tenured Gen" (serial), "PS Old Gen", "G1 Old Gen", "ZGC Old
 * Generation" and "Shenandoah". Eden is left out on purpose: it is full before every collection, which says nothing. The beans
 * take long to come up, so a heap that is half empty is never asked by them.
 */
/// The heap of this JVM, whatever collector it has.
final class JvmHeap implements HeapReading {
    private static final int PERCENT = 100;

    private final Runtime runtime = Runtime.getRuntime();

    /// Loaded with the first look at a heap that fills up.
    private static final class Pools {
        private static final List<MemoryPoolMXBean> LASTING = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .toList();
    }

    @Override
    public boolean low() {
        return runtime.totalMemory() - runtime.freeMemory() < runtime.maxMemory() / 2;
    }

    @Override
    public double percent() {
        return Pools.LASTING.stream().mapToDouble(this::percent).max().orElse(0);
    }

    private double percent(MemoryPoolMXBean pool) {
        MemoryUsage usage = pool.getUsage();
        long most = usage.getMax() < 0 ? runtime.maxMemory() : usage.getMax();
        return (double) PERCENT * usage.getUsed() / most;
    }

    @Override
    public void collect() {
        System.gc();
    }
}
