package dev.agw.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Every metric of the JVM and its process, once, under the names that Prometheus's client libraries use.
public final class RuntimeCatalogue {
    private static final List<Metric> ALL = new ArrayList<>();

    public static final Metric MEMORY_USED = gauge("jvm_memory_used_bytes", "bytes", "Memory in use.", "area");
    public static final Metric MEMORY_COMMITTED =
            gauge("jvm_memory_committed_bytes", "bytes", "Memory that the JVM holds.", "area");
    public static final Metric MEMORY_MAX = gauge(
            "jvm_memory_max_bytes", "bytes", "The most memory that the JVM would hold, if there is a bound.", "area");
    public static final Metric BUFFER_USED =
            gauge("jvm_buffer_pool_used_bytes", "bytes", "Memory outside the heap behind buffers.", "pool");
    public static final Metric GC_COLLECTIONS = counter("jvm_gc_collections_total", "", "Garbage collections.", "gc");
    public static final Metric GC_SECONDS =
            counter("jvm_gc_collection_seconds_total", "seconds", "Time spent in garbage collections.", "gc");
    public static final Metric THREADS = gauge("jvm_threads_current", "", "Live platform threads.");
    public static final Metric THREADS_DAEMON = gauge("jvm_threads_daemon", "", "Live daemon platform threads.");
    public static final Metric THREADS_PEAK = gauge("jvm_threads_peak", "", "Most platform threads alive at once.");
    public static final Metric CLASSES = gauge("jvm_classes_loaded", "", "Classes that are loaded.");
    public static final Metric UPTIME = gauge("jvm_uptime_seconds", "seconds", "Time since the JVM started.");
    public static final Metric PROCESSORS = gauge("jvm_available_processors", "", "Processors that the JVM may use.");
    public static final Metric PROCESS_CPU =
            counter("process_cpu_seconds_total", "seconds", "CPU time of the process.");
    public static final Metric PROCESS_RESIDENT =
            gauge("process_resident_memory_bytes", "bytes", "Resident memory of the process.");
    public static final Metric PROCESS_OPEN_FDS = gauge("process_open_fds", "", "Open file descriptors.");
    public static final Metric PROCESS_MAX_FDS = gauge("process_max_fds", "", "Most file descriptors allowed.");
    public static final Metric PROCESS_START =
            gauge("process_start_time_seconds", "seconds", "When the process started, in seconds since 1970.");

    private RuntimeCatalogue() {}

    /// All of them, in the order of the page.
    public static List<Metric> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static Metric counter(String name, String unit, String help, String... labels) {
        return add(name, MetricType.COUNTER, unit, help, labels);
    }

    private static Metric gauge(String name, String unit, String help, String... labels) {
        return add(name, MetricType.GAUGE, unit, help, labels);
    }

    private static Metric add(String name, MetricType type, String unit, String help, String... labels) {
        Metric metric = new Metric(name, type, List.of(labels), Buckets.NONE, unit, help);
        ALL.add(metric);
        return metric;
    }
}
