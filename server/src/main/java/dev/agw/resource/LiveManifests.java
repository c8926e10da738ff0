package dev.agw.resource;

import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/*
 * Reading thousands of manifests takes about a second in a young JVM, parsing them nearly all of it. So what was read is
 * kept: a file is looked into when it was touched or its stamp differs, and of its documents those are parsed whose text
 * is another. The rest of the set are the very same records as before, which lets others see what has changed.
 */
/// The manifests of a file or folder, read again and again. What has not changed is neither parsed nor checked
/// again. For one thread at a time.
public final class LiveManifests {
    private final Path root;
    private final DocumentReader reader;
    private final Settling settling;
    private final FileTexts files;
    private final RouteFindings routes = new RouteFindings();
    private List<Problem> listing = List.of();
    private Optional<Manifests> current = Optional.empty();

    /// @param root a file or folder
    /// @param environment what `${NAME}` in secrets is taken from
    public LiveManifests(Path root, Map<String, String> environment) {
        this(root, environment, System::nanoTime);
    }

    /// @param clock in the manner of `System::nanoTime`
    LiveManifests(Path root, Map<String, String> environment, LongSupplier clock) {
        this.root = root;
        this.reader = new DocumentReader(new SecretReader(environment));
        this.settling = new Settling(clock);
        this.files = new FileTexts(root, reader, settling);
    }

    /// Looks at all there is. What cannot be read is among the problems.
    ///
    /// @return the very same as the last time if nothing has changed
    public Manifests read() {
        return manifests(lookAtAll());
    }

    /// Looks at what was touched, and at whatever that may have an effect on.
    ///
    /// @param touched files and folders, below the root or near it
    /// @return the very same as the last time if nothing has changed
    public Manifests read(Set<Path> touched) {
        boolean all = !listing.isEmpty() || touched.stream().anyMatch(this::farReaching);
        List<Problem> listed = all ? lookAtAll() : listing;
        touched.stream().filter(file -> ManifestFiles.finds(root, file)).forEach(files::look);
        return manifests(listed);
    }

    /// @return what is wrong with the folders
    private List<Problem> lookAtAll() {
        Problems problems = new Problems();
        Map<Path, Stamp> found = ManifestFiles.below(root, problems);
        if (current.isEmpty()) {
            found.keySet().forEach(files::take);
        } else {
            files.look(found);
        }
        return problems.all();
    }

    /// How long nothing more may happen until what was read may be taken for whole; zero if it may. A text that
    /// looks unfinished is read once more when that time is over.
    public Duration rest() {
        return settling.left();
    }

    /// Whether more than one file may be another after an event at this path: a folder, a link to one, what lies
    /// where links may lead.
    private boolean farReaching(Path touched) {
        return Files.isRegularFile(touched)
                ? ManifestFiles.extended(touched) && !ManifestFiles.finds(root, touched)
                : Files.isDirectory(touched) || files.anyIn(touched);
    }

    private Manifests manifests(List<Problem> listed) {
        files.takeLeftAlone();
        files.again();
        boolean changed = files.changed() || !listed.equals(listing);
        listing = listed;
        Manifests manifests = current.filter(same -> !changed).orElseGet(this::assembled);
        current = Optional.of(manifests);
        return manifests;
    }

    private Manifests assembled() {
        Assembly assembly = new Assembly(reader);
        listing.forEach(assembly::add);
        for (ManifestFile file : files.all()) {
            for (Problem refusal : file.refusals()) {
                assembly.add(refusal);
            }
            assembly.add(file.text());
        }
        return assembly.manifests(routes);
    }
}
