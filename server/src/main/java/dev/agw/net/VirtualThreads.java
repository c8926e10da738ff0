package dev.agw.net;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/*
 * The JDK can run virtual threads on any executor, but has no public way to say so yet. Where the module system keeps us out
 * (no `--add-opens java.base/java.lang`; the launcher's manifest asks for it), they run on the JDK's own scheduler, and all
 * works the same, with a hand-over between threads per wait more.
 *
 * A virtual thread that meets a taken monitor leaves its carrier and queues for it. Where the carrier then queues for the same
 * monitor, behind it, both wait for good: the monitor goes to the virtual thread, which needs its carrier to take it. A selector
 * has such monitors. So whoever touches one that way stays on its carrier, and waits for the monitor there.
 */
/// Makes virtual threads that run on an executor of our choice.
final class VirtualThreads {
    private static final System.Logger LOGGER = System.getLogger(VirtualThreads.class.getName());
    private static final @Nullable Method PIN = continuation("pin");
    private static final @Nullable Method UNPIN = continuation("unpin");
    private static final @Nullable Constructor<?> BUILDER = builder();

    /// What takes a monitor that carriers take, too.
    @FunctionalInterface
    interface Step<E extends Exception> {
        void run() throws E;
    }

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

    /// Does something without leaving the carrier meanwhile.
    static <E extends Exception> void pinned(Step<E> step) throws E {
        if (BUILDER == null || !Thread.currentThread().isVirtual()) {
            step.run();
            return;
        }
        call(PIN);
        try {
            step.run();
        } finally {
            call(UNPIN);
        }
    }

    private static void call(@Nullable Method method) {
        try {
            if (method != null) {
                method.invoke(null);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK let a virtual thread be pinned once, and now does not", e);
        }
    }

    /// The package is for the JDK alone; whoever may look into `java.lang` may also have it exported.
    private static @Nullable Method continuation(String name) {
        try {
            Method export = Module.class.getDeclaredMethod("implAddExports", String.class);
            export.setAccessible(true);
            export.invoke(Object.class.getModule(), "jdk.internal.vm");
            return Class.forName("jdk.internal.vm.Continuation").getMethod(name);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "virtual threads cannot be pinned: " + e);
            return null;
        }
    }

    private static @Nullable Constructor<?> builder() {
        if (PIN == null || UNPIN == null) {
            return null;
        }
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
