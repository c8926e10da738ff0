package dev.agw.gateway;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/*
 * Events of the file system say that something happened, not that it is over: an editor writes a file in several steps, and
 * Kubernetes swaps the symbolic link `..data` under an unchanged folder. So events only wake the watcher; what counts is
 * whether sizes, times and real places of the files differ from the last look, and whether they have stopped to change.
 * A look every two seconds stands in where events do not come (network file systems).
 */
/// Calls back when the files under a path have changed and come to rest.
public final class PathWatcher implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(PathWatcher.class.getName());
    private static final long LOOK_EVERY_MILLIS = 2000;
    private static final long REST_MILLIS = 15;
    private static final int LOOKS_AT_EMPTY = 30;
    private static final String EMPTY = "0 ";

    private final Path path;
    private final Runnable onChange;
    private final WatchService service;
    private final Map<WatchKey, Path> watched = new HashMap<>();
    private Map<String, String> seen;
    private volatile boolean closed;

    /// Starts to watch.
    ///
    /// @param path a file or a folder
    /// @param onChange runs on the watcher's thread; a failure of it is logged and the watch goes on
    /// @throws IOException the path cannot be watched
    public PathWatcher(Path path, Runnable onChange) throws IOException {
        this.path = path;
        this.onChange = onChange;
        this.service = path.getFileSystem().newWatchService();
        this.seen = fingerprint();
        watchFolders();
        Thread.ofPlatform().daemon().name("agw-config-watcher").start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        try {
            service.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "closing the watch failed", e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                awaitEvent();
                check();
            } catch (ClosedWatchServiceException closing) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException e) {
                LOGGER.log(System.Logger.Level.WARNING, "watching " + path + " failed; trying on: " + e);
            }
        }
    }

    private void awaitEvent() throws InterruptedException {
        WatchKey key = service.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        for (; key != null; key = service.poll()) {
            key.pollEvents();
            if (!key.reset()) {
                watched.remove(key);
            }
        }
    }

    private void check() throws IOException, InterruptedException {
        Map<String, String> now = fingerprint();
        if (now.equals(seen)) {
            return;
        }
        now = atRest(now);
        seen = now;
        watchFolders();
        onChange.run();
    }

    /// Looks until nothing changes any more. A file that has just become empty is being written, most likely, by
    /// somebody who may have lost the processor in between: it is given more time.
    private Map<String, String> atRest(Map<String, String> changed) throws IOException, InterruptedException {
        Map<String, String> now = changed;
        int calmLooks = 0;
        while (calmLooks < (emptied(now) ? LOOKS_AT_EMPTY : 1)) {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            Map<String, String> next = fingerprint();
            calmLooks = next.equals(now) ? calmLooks + 1 : 0;
            now = next;
        }
        return now;
    }

    private boolean emptied(Map<String, String> now) {
        return now.entrySet().stream()
                .anyMatch(file ->
                        file.getValue().startsWith(EMPTY) && !file.getValue().equals(seen.get(file.getKey())));
    }

    /// Whether the files are still those of the look that led to the running callback: if not, what it has read may be
    /// half of a file, and the next look calls back again.
    boolean unchanged() {
        try {
            return fingerprint().equals(seen);
        } catch (IOException vanished) {
            return false;
        }
    }

    private void watchFolders() throws IOException {
        for (Path folder : folders()) {
            if (!watched.containsValue(folder)) {
                WatchKey key = folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                watched.put(key, folder);
            }
        }
    }

    /// The folders whose events matter: the path itself or its parent, folders below, and where links lead.
    private List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        Path start = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        folders.add(start);
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                entries.filter(Files::isDirectory).forEach(folders::add);
            }
        } else if (Files.exists(path)) {
            folders.add(path.toRealPath().getParent());
        }
        return folders.stream().distinct().toList();
    }

    /// Every file by name, with what differs once it is written or replaced.
    private Map<String, String> fingerprint() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path, 3, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
                all.filter(Files::isRegularFile).forEach(file -> files.put(file.toString(), state(file)));
            } catch (java.io.UncheckedIOException vanished) {
                files.put("changing", String.valueOf(System.nanoTime()));
            }
        }
        return files;
    }

    private static String state(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) + " "
                    + file.toRealPath();
        } catch (IOException vanished) {
            return "vanished";
        }
    }
}
