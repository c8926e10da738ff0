package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathWatcherTest {
    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();

    @Test
    void seesAFileWrittenInPlaceAndReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        try (PathWatcher watcher = new PathWatcher(file, () -> changes.add(read(file)))) {
            Files.writeString(file, "in place");
            awaitChange("in place");
            Path next = Files.writeString(folder.resolve("next"), "replaced");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            awaitChange("replaced");
        }
    }

    @Test
    void seesFilesComeAndGoInAFolder() throws Exception {
        try (PathWatcher watcher = new PathWatcher(folder, () -> changes.add(names()))) {
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
        try (PathWatcher watcher = new PathWatcher(folder, () -> changes.add(read(file)))) {
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
        AtomicReference<PathWatcher> self = new AtomicReference<>();
        Runnable interrupted = () -> {
            PathWatcher watcher = self.get();
            String before = watcher.unchanged() + " ";
            if (read(file).equals("read")) {
                write(file, "changed");
            }
            changes.add(before + watcher.unchanged());
        };
        try (PathWatcher watcher = new PathWatcher(file, interrupted)) {
            self.set(watcher);
            write(file, "read");
            awaitChange("true false");
            awaitChange("true true");
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
    void goesOnAfterACallbackFailed() throws Exception {
        Path file = Files.writeString(folder.resolve("routes.yaml"), "a");
        Runnable failsOnce = () -> {
            String text = read(file);
            changes.add(text);
            if (text.equals("first")) {
                throw new IllegalStateException("a callback that fails");
            }
        };
        try (PathWatcher watcher = new PathWatcher(file, failsOnce)) {
            Files.writeString(file, "first");
            awaitChange("first");
            Files.writeString(file, "second!");
            awaitChange("second!");
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
