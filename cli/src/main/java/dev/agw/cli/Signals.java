package dev.agw.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A shutdown hook would do for one signal, but then the JVM settles the exit code (143 even after a clean drain) and swallows
 * a second signal, so that an impatient operator has only SIGKILL left. sun.misc.Signal does better. It is called by
 * name because javac warns of it in a way that no annotation stills.
 */
/// SIGINT and SIGTERM: the first asks what runs to end, the second ends the process at once.
final class Signals {
    private static final int SIGNALLED = 128;

    /// A signal that ends a process.
    enum Kind {
        /// Ctrl-C: a person at a terminal.
        INT(2),
        /// Whoever runs the process: a cluster, a service manager.
        TERM(15);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private final Consumer<Kind> end;
    private final AtomicReference<@Nullable Kind> first = new AtomicReference<>();

    private Signals(Consumer<Kind> end) {
        this.end = end;
    }

    /// From now on the first signal is given to `end`, on a thread of its own.
    static Signals first(Consumer<Kind> end) {
        Signals signals = new Signals(end);
        for (Kind kind : Kind.values()) {
            signals.register(kind);
        }
        return signals;
    }

    /// The code to end with: 130 if it was SIGINT that ended it, 0 otherwise.
    ExitCode exitCode() {
        return first.get() == Kind.INT ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private void register(Kind kind) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object received = MethodHandleProxies.asInterfaceInstance(handler, receiver(kind));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(kind.name()), received);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no sun.misc.Signal, of its module jdk.unsupported", e);
        }
    }

    private MethodHandle receiver(Kind kind) throws ReflectiveOperationException {
        Runnable received = () -> received(kind);
        MethodHandle run = MethodHandles.publicLookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(received);
        return MethodHandles.dropArguments(run, 0, Object.class);
    }

    private void received(Kind kind) {
        if (!first.compareAndSet(null, kind)) {
            Runtime.getRuntime().halt(SIGNALLED + kind.number);
        }
        end.accept(kind);
    }
}
