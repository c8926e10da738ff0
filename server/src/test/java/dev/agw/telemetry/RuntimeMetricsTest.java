package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.PageText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeMetricsTest {
    private final String page = PageText.of(taker -> new GatewayMetrics("v1", 10).scrape(Format.TEXT, taker));

    @Test
    void showsTheSchedulerOfVirtualThreads() {
        assertThat(value("agentgateway_tokio_num_workers")).isPositive();
    }

    @Test
    void showsTheQueueWhereTheJdkTells() {
        boolean tells = Runtime.version().feature() >= 24;

        assertThat(page.contains("\nagentgateway_tokio_global_queue_depth ")).isEqualTo(tells);
    }

    @Test
    void showsTheJvm() {
        assertThat(value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
        assertThat(value("jvm_memory_committed_bytes{area=\"nonheap\"}")).isPositive();
        assertThat(value("jvm_threads_current")).isPositive();
        assertThat(value("jvm_classes_loaded")).isPositive();
        assertThat(value("jvm_uptime_seconds")).isPositive();
        assertThat(value("jvm_available_processors"))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(page).contains("\njvm_gc_collections_total{gc=").contains("\njvm_gc_collection_seconds_total{gc=");
    }

    @Test
    void showsTheProcess() {
        assertThat(value("process_cpu_seconds_total")).isPositive();
        assertThat(value("process_start_time_seconds")).isGreaterThan(1.7e9);
    }

    @Test
    void readsResidentMemoryFromTheStatusOfLinux(@TempDir Path directory) throws IOException {
        Path status = directory.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmRSS:\t   12345 kB\nThreads:\t20\n");

        assertThat(ProcessMetrics.residentBytes(status)).isEqualTo(12345 * 1024.0);
    }

    @Test
    void knowsNoResidentMemoryElsewhere(@TempDir Path directory) throws IOException {
        Path status = Files.writeString(directory.resolve("status"), "Name:\tjava\n");

        assertThat(ProcessMetrics.residentBytes(status)).isNaN();
        assertThat(ProcessMetrics.residentBytes(directory.resolve("missing"))).isNaN();
    }

    private double value(String series) {
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + series));
    }
}
