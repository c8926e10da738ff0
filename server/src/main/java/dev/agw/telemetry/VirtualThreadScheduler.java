package dev.agw.telemetry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.Optional;

/// The scheduler of virtual threads, as far as the running JDK shows it.
///
/// JDK 24 and newer have `jdk.management.VirtualThreadSchedulerMXBean`, which release 21 cannot name. It is taken
/// by name and without the MBean server: starting that takes 0.35 s more.
final class VirtualThreadScheduler {
    private static final String BEAN = "jdk.management.VirtualThreadSchedulerMXBean";

    private final Optional<Source> parallelism = source("getParallelism", int.class);
    private final Optional<Source> queued = source("getQueuedVirtualThreadCount", long.class);

    private VirtualThreadScheduler() {}

    /// Found on first use: only scrapes need it.
    static VirtualThreadScheduler current() {
        return Found.SCHEDULER;
    }

    private static final class Found {
        private static final VirtualThreadScheduler SCHEDULER = new VirtualThreadScheduler();
    }

    private record Source(MethodHandle getter) {
        double read() {
            try {
                return ((Number) getter.invoke()).doubleValue();
            } catch (Throwable e) {
                throw new IllegalStateException("the virtual-thread scheduler cannot be read", e);
            }
        }
    }

    /// How many carrier threads there may be: the bean's word, else the system property or the processors.
    double workers() {
        return parallelism.map(Source::read).orElseGet(() -> (double) Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors()));
    }

    /// Virtual threads that wait for a carrier; NaN where the JDK does not tell.
    double queueDepth() {
        return queued.map(Source::read).filter(depth -> depth >= 0).orElse(Double.NaN);
    }

    private static Optional<Source> source(String getter, Class<?> type) {
        try {
            Class<? extends PlatformManagedObject> bean = Class.forName(BEAN).asSubclass(PlatformManagedObject.class);
            PlatformManagedObject scheduler = ManagementFactory.getPlatformMXBean(bean);
            MethodHandle handle = MethodHandles.publicLookup().findVirtual(bean, getter, MethodType.methodType(type));
            return Optional.of(new Source(handle.bindTo(scheduler)));
        } catch (ReflectiveOperationException | IllegalArgumentException expected) {
            // JDK 21 to 23, or a runtime image without jdk.management.
            return Optional.empty();
        }
    }
}
