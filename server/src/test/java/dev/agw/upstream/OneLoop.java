package dev.agw.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.net.EventLoops;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// For what depends on which event loop a call and its connection belong to: here it is the same one for all.
final class OneLoop {
    /// What calls backends.
    interface Calls {
        void run() throws Exception;
    }

    private OneLoop() {}

    /// Runs all of it on a virtual thread of one loop.
    static void run(Calls calls) throws Exception {
        FutureTask<Boolean> running = new FutureTask<>(() -> {
            calls.run();
            return true;
        });
        EventLoops.start(running);
        try {
            assertThat(running.get(30, TimeUnit.SECONDS)).isTrue();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e;
        }
    }
}
