package dev.agw.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/*
 * A shutdown hook would do for one signal, but then the JVM settles the exit code (143 even after a clean drain) and swallows
 * a second signal, so that an impatient operator has only SIGKILL left. sun.misc.Signal does better. It is called by
 * name because javac warns of it in a way that no annotation stills.
 */
/// SIGINT and SIGTERM: the first asks what runs to end, the second ends the process at once.
final class Signals {
    private static final int SIGNALLED = 128;
    private static final String NONE = "";

    private final Runnable end;
    private final AtomicReference<String> first = new AtomicReference<>(NONE);

    private Signals(Runnable end) {
        this.end = end;
    }

    /// From now on the first signal runs `end`, on a thread of its own.
    static Signals first(Runnable end) {
        Signals signals = new Signals(end);
        List.of("INT", "TERM").forEach(signals::register);
        return signals;
    }

    /// The code to end with: 130 if it was SIGINT that ended it, 0 otherwise.
    ExitCode exitCode() {
        return first.get().equals("INT") ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private void register(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object received = MethodHandleProxies.asInterfaceInstance(handler, receiver(name));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), received);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no sun.misc.Signal, of its module jdk.unsupported", e);
        }
    }

    private MethodHandle receiver(String name) throws ReflectiveOperationException {
        Runnable received = () -> received(name);
        MethodHandle run = MethodHandles.publicLookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(received);
        return MethodHandles.dropArguments(run, 0, Object.class);
    }

    private void received(String name) {
        if (!first.compareAndSet(NONE, name)) {
            Runtime.getRuntime().halt(SIGNALLED + (name.equals("INT") ? 2 : 15));
        }
        end.run();
    }
}
