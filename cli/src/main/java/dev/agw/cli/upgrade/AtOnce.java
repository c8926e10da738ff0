package dev.agw.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks many at once, each in a thread of its own: many that are silent take as long as one, and the looks at all of
/// them are of one moment.
public final class AtOnce {
    private AtOnce() {}

    /// Every answer, by who was asked.
    ///
    /// @throws IllegalStateException if asking fails, rather than having an answer that says so
    public static <T> SortedMap<String, T> asked(Map<String, Callable<T>> questions) throws InterruptedException {
        List<String> names = new ArrayList<>();
        List<Callable<T>> tasks = new ArrayList<>();
        questions.forEach((name, question) -> {
            names.add(name);
            tasks.add(question);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> answers = threads.invokeAll(tasks);
            SortedMap<String, T> all = new TreeMap<>();
            for (int i = 0; i < answers.size(); i++) {
                all.put(names.get(i), answers.get(i).get());
            }
            return all;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
