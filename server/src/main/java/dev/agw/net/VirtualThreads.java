package dev.agw.net;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/*
 * The JDK can run virtual threads on any executor, but has no public way to say so yet. Where the module system keeps us out
 * (no `--add-opens java.base/java.lang`; the launcher's manifest asks for it), they run on the JDK's own scheduler, and all
 * works the same, with a hand-over between threads per wait more.
 */
/// Makes virtual threads that run on an executor of our choice.
final class VirtualThreads {
    private static final System.Logger LOGGER = System.getLogger(VirtualThreads.class.getName());
    private static final @Nullable Constructor<?> BUILDER = builder();

    private VirtualThreads() {}

    /// Whether [#on] has threads run where it is told to.
    static boolean placed() {
        return BUILDER != null;
    }

    /// Builds threads that run on `carrier`.
    static Thread.Builder.OfVirtual on(Executor carrier) {
        Constructor<?> constructor = BUILDER;
        if (constructor == null) {
            return Thread.ofVirtual();
        }
        try {
            return (Thread.Builder.OfVirtual) constructor.newInstance(carrier);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK let a virtual thread be placed once, and now does not", e);
        }
    }

    private static @Nullable Constructor<?> builder() {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "virtual threads run on the JDK's own scheduler: " + e);
            return null;
        }
    }
}
