package dev.agw.telemetry;

import dev.agw.net.EventLoops;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/*
 * helidon-metrics has meters like these; with its Micrometer provider they took 0.85 s and 58 MB at start-up (JDK 25, serial
 * collector), and their names are not Prometheus's. The beans below are read at scrapes only.
 */
/// What the JVM tells about itself.
final class RuntimeMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private RuntimeMetrics() {}

    static void register(MetricRegistry registry) {
        registerScheduler(registry);
        registerMemory(registry);
        registerCollectors(registry);
        registerThreads(registry);
        registry.reading(
                RuntimeCatalogue.CLASSES,
                () -> ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        registry.reading(
                RuntimeCatalogue.UPTIME,
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND);
        registry.reading(RuntimeCatalogue.PROCESSORS, () -> Runtime.getRuntime().availableProcessors());
    }

    private static void registerScheduler(MetricRegistry registry) {
        registry.reading(
                MetricCatalogue.WORKERS,
                () -> EventLoops.carry()
                        ? EventLoops.count()
                        : VirtualThreadScheduler.current().workers());
        registry.reading(
                MetricCatalogue.QUEUE_DEPTH,
                () -> EventLoops.carry()
                        ? EventLoops.queued()
                        : VirtualThreadScheduler.current().queueDepth());
    }

    private static void registerMemory(MetricRegistry registry) {
        memory(registry, RuntimeCatalogue.MEMORY_USED, MemoryUsage::getUsed);
        memory(registry, RuntimeCatalogue.MEMORY_COMMITTED, MemoryUsage::getCommitted);
        memory(registry, RuntimeCatalogue.MEMORY_MAX, MemoryUsage::getMax);
        Family<SeriesKey.One, Reading> buffers = registry.readings(RuntimeCatalogue.BUFFER_USED);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            show(buffers, pool.getName(), pool::getMemoryUsed);
        }
    }

    private static void memory(MetricRegistry registry, Metric metric, ToLongFunction<MemoryUsage> figure) {
        Family<SeriesKey.One, Reading> areas = registry.readings(metric);
        var memory = ManagementFactory.getMemoryMXBean();
        show(areas, "heap", () -> known(figure.applyAsLong(memory.getHeapMemoryUsage())));
        show(areas, "nonheap", () -> known(figure.applyAsLong(memory.getNonHeapMemoryUsage())));
    }

    private static void registerCollectors(MetricRegistry registry) {
        Family<SeriesKey.One, Reading> collections = registry.readings(RuntimeCatalogue.GC_COLLECTIONS);
        Family<SeriesKey.One, Reading> seconds = registry.readings(RuntimeCatalogue.GC_SECONDS);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            show(collections, collector.getName(), () -> known(collector.getCollectionCount()));
            show(seconds, collector.getName(), () -> known(collector.getCollectionTime()) / MILLIS_PER_SECOND);
        }
    }

    private static void registerThreads(MetricRegistry registry) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        registry.reading(RuntimeCatalogue.THREADS, threads::getThreadCount);
        registry.reading(RuntimeCatalogue.THREADS_DAEMON, threads::getDaemonThreadCount);
        registry.reading(RuntimeCatalogue.THREADS_PEAK, threads::getPeakThreadCount);
    }

    private static void show(Family<SeriesKey.One, Reading> family, String label, DoubleSupplier source) {
        family.put(new SeriesKey.One(label), new Reading(source));
    }

    /// The beans say -1 for what they do not know.
    private static double known(long figure) {
        return figure < 0 ? Double.NaN : figure;
    }
}
