package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathWatcherTest {
    private static final Duration SOON = Duration.ofMillis(5);

    @TempDir
    Path folder;

    private final Housekeeping housekeeping = new Housekeeping();
    private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();

    @Test
    void seesAFileWrittenInPlaceAndReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        try (PathWatcher watcher = new PathWatcher(file, new Reader(() -> read(file)), housekeeping)) {
            Files.writeString(file, "in place");
            awaitChange("in place");
            Path next = Files.writeString(folder.resolve("next"), "replaced");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            awaitChange("replaced");
        }
    }

    @Test
    void seesFilesComeAndGoInAFolder() throws Exception {
        try (PathWatcher watcher = new PathWatcher(folder, new Reader(this::names), housekeeping)) {
            Path file = Files.writeString(folder.resolve("new.yaml"), "a");
            awaitChange("new.yaml");
            Files.delete(file);
            awaitChange("");
        }
    }

    @Test
    void seesTheSwapOfAMountedConfigMap() throws Exception {
        Path old = Files.createDirectory(folder.resolve("..1"));
        Files.writeString(old.resolve("routes.yaml"), "one");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path file = Files.createSymbolicLink(folder.resolve("routes.yaml"), Path.of("..data/routes.yaml"));
        try (PathWatcher watcher = new PathWatcher(folder, new Reader(() -> read(file)), housekeeping)) {
            Path fresh = Files.createDirectory(folder.resolve("..2"));
            Files.writeString(fresh.resolve("routes.yaml"), "two");
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            awaitChange("two");
        }
    }

    @Test
    void knowsWhenFilesChangeWhileTheyAreRead() throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        Reader interrupted = new Reader(() -> {
            String text = read(file);
            if (text.equals("read")) {
                write(file, "changed");
            }
            return text;
        });
        try (PathWatcher watcher = new PathWatcher(file, interrupted, housekeeping)) {
            write(file, "read");
            awaitChange("changed");
            assertThat(changes).doesNotContain("read");
        }
    }

    @Test
    void looksAgainAsSoonAsTheFollowerWantsTo() throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        Follower hurried = touched -> {
            changes.add(touched.equals(Touched.NOTHING) ? "again" : "first");
            return touched.paths().isEmpty() ? Optional.empty() : Optional.of(SOON);
        };
        try (PathWatcher watcher = new PathWatcher(file, hurried, housekeeping)) {
            write(file, "b");
            awaitChange("again");
        }
    }

    @Test
    void tellsWhatWasTouched() throws Exception {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Follower curious = touched -> {
            touched.paths().forEach(path -> changes.add(folder.relativize(path).toString()));
            return Optional.empty();
        };
        try (PathWatcher watcher = new PathWatcher(folder, curious, housekeeping)) {
            write(folder.resolve("a.yaml"), "a");
            awaitChange("a.yaml");
            write(sub.resolve("b.yaml"), "b");
            awaitChange("sub/b.yaml");
            Files.createDirectory(folder.resolve("later"));
            awaitChange("later");
            write(folder.resolve("later/c.yaml"), "c");
            awaitChange("later/c.yaml");
        }
    }

    @Test
    void looksAtEverythingToBeginWith() throws Exception {
        Follower first = touched -> {
            changes.add(Boolean.toString(touched.more()));
            return Optional.empty();
        };
        try (PathWatcher watcher = new PathWatcher(folder, first, housekeeping)) {
            awaitChange("true");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void goesOnAfterAnError() throws Exception {
        goesOnAfter(() -> {
            throw new NoClassDefFoundError("for a test");
        });
    }

    @Test
    void goesOnAfterAnException() throws Exception {
        goesOnAfter(() -> {
            throw new IllegalStateException("for a test");
        });
    }

    private void goesOnAfter(Runnable failure) throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        Reader failsOnce = new Reader(() -> {
            String text = read(file);
            changes.add(text);
            if (text.equals("first")) {
                failure.run();
            }
            return text;
        });
        try (PathWatcher watcher = new PathWatcher(file, failsOnce, housekeeping)) {
            Files.writeString(file, "first");
            awaitChange("first");
            Files.writeString(file, "second!");
            awaitChange("second!");
        }
        assertThat(housekeeping.failures(Chore.CONFIG)).isPositive();
    }

    /// Reads at each look, and tells what it read when a second look reads the same.
    private final class Reader implements Follower {
        private final Supplier<String> reading;
        private String last = "";

        Reader(Supplier<String> reading) {
            this.reading = reading;
        }

        @Override
        public Optional<Duration> look(Touched touched) {
            String now = reading.get();
            if (now.equals(last)) {
                changes.add(now);
                return Optional.empty();
            }
            last = now;
            return Optional.of(SOON);
        }
    }

    /// A change may be seen in several steps; the last one is what counts.
    private void awaitChange(String expected) throws InterruptedException {
        String seen = "nothing";
        while (!seen.equals(expected)) {
            String next = changes.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a change to '%s' after '%s'", expected, seen).isNotNull();
            seen = String.valueOf(next);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "unreadable";
        }
    }

    private String names() {
        try (var files = Files.list(folder)) {
            return String.join(
                    " ",
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
