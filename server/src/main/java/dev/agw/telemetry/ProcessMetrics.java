package dev.agw.telemetry;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;

/// What the operating system tells about this process. Figures that it does not give are left out of the page.
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final long BYTES_PER_KIBIBYTE = 1024;

    private ProcessMetrics() {}

    static void register(MetricRegistry registry) {
        registry.reading(RuntimeCatalogue.PROCESS_CPU, () -> system().getProcessCpuTime() / NANOS_PER_SECOND);
        registry.reading(RuntimeCatalogue.PROCESS_RESIDENT, () -> residentBytes(STATUS));
        registry.reading(
                RuntimeCatalogue.PROCESS_OPEN_FDS,
                () -> unix(system(), UnixOperatingSystemMXBean::getOpenFileDescriptorCount));
        registry.reading(
                RuntimeCatalogue.PROCESS_MAX_FDS,
                () -> unix(system(), UnixOperatingSystemMXBean::getMaxFileDescriptorCount));
        registry.reading(
                RuntimeCatalogue.PROCESS_START,
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    private static double unix(OperatingSystemMXBean system, ToDoubleFunction<UnixOperatingSystemMXBean> figure) {
        return system instanceof UnixOperatingSystemMXBean unix ? figure.applyAsDouble(unix) : Double.NaN;
    }

    /// The line `VmRSS: 12345 kB` of a Linux process status, in bytes; NaN where there is none.
    static double residentBytes(Path status) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * (double) BYTES_PER_KIBIBYTE;
                }
            }
        } catch (IOException expected) {
            // Not Linux.
        }
        return Double.NaN;
    }
}
