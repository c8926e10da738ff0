package dev.agw.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Events of the file system at a path: in its folder, in the folders below, and where links lead.
final class FolderEvents implements AutoCloseable {
    private final Path path;
    private final WatchService service;
    private WatchKey listening;

    /// @param path a file or a folder
    /// @throws IOException the path cannot be watched
    FolderEvents(Path path) throws IOException {
        this.path = path;
        this.service = path.getFileSystem().newWatchService();
        this.listening = registerAll();
    }

    /// What happened; waits for the first event.
    ///
    /// @return [Touched#NOTHING] if nothing did within that time
    /// @throws java.nio.file.ClosedWatchServiceException once it is closed
    Touched await(Duration longest) throws InterruptedException, IOException {
        Set<Path> paths = new HashSet<>();
        boolean more = false;
        WatchKey key = service.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        for (; key != null; key = service.poll()) {
            Path folder = (Path) key.watchable();
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name) {
                    paths.add(folder.resolve(name));
                } else {
                    more = true;
                }
            }
            key.reset();
        }
        for (Path touched : paths) {
            if (Files.isDirectory(touched)) {
                register(touched);
            }
        }
        if (more) {
            listening = registerAll();
        }
        return new Touched(paths, more);
    }

    /// Listens anew where the folder is another by now.
    void renew() throws IOException {
        if (!register(home()).equals(listening)) {
            listening = registerAll();
        }
    }

    /// Listens to all folders whose events matter; those that are listened to already stay as they are.
    private WatchKey registerAll() throws IOException {
        WatchKey key = register(home());
        if (Files.isDirectory(path)) {
            for (Path folder : folders()) {
                register(folder);
            }
        } else if (Files.exists(path)) {
            register(path.toRealPath().resolveSibling(""));
        }
        return key;
    }

    /// The path itself if it is a folder, else the one it lies in.
    private Path home() {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().resolveSibling("");
    }

    private WatchKey register(Path folder) throws IOException {
        return folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
