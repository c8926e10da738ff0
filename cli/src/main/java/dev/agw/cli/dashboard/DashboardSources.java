package dev.agw.cli.dashboard;

import dev.agw.cli.render.Shipped;
import dev.agw.schema.Binder;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Sources of dashboards, in their order.
public final class DashboardSources {
    private static final List<String> SHIPPED =
            List.of("overview", "llm", "cost", "mcp", "guardrails", "runtime", "upgrade");

    private final List<SourceFile> files;
    private final List<Problem> problems;

    private DashboardSources(List<SourceFile> files, List<Problem> problems) {
        this.files = List.copyOf(files);
        this.problems = List.copyOf(problems);
    }

    /// Those of the distribution.
    public static DashboardSources shipped() {
        Problems problems = new Problems();
        Documents documents = new Documents(problems);
        List<Node> roots = new ArrayList<>();
        for (String name : SHIPPED) {
            String path = "dashboards/" + name + ".yaml";
            roots.addAll(documents.parse(path, Shipped.text(path)));
        }
        return of(roots, problems);
    }

    /// The documents in the files of `folder` that end in `.yaml`, by name.
    public static DashboardSources in(Path folder) {
        Problems problems = new Problems();
        Documents documents = new Documents(problems);
        List<Node> roots = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .forEach(file -> roots.addAll(documents.read(file)));
        } catch (IOException e) {
            String message = "not readable as a folder of dashboards: " + e.getMessage();
            problems.error(Position.of(folder.toString()), FieldPath.TOP, message, "");
        }
        if (roots.isEmpty() && problems.all().isEmpty()) {
            problems.error(Position.of(folder.toString()), FieldPath.TOP, "no dashboard in files *.yaml", "");
        }
        return of(roots, problems);
    }

    /// The documents in `text`, as if it stood in the file `source`.
    static DashboardSources parse(String source, String text) {
        Problems problems = new Problems();
        return of(new Documents(problems).parse(source, text), problems);
    }

    private static DashboardSources of(List<Node> roots, Problems problems) {
        List<SourceFile> files = new ArrayList<>();
        for (Node root : roots) {
            Optional<DashboardSource> source =
                    new Binder(Map.of(), problems).bind(DashboardSource.class, root, FieldPath.TOP);
            source.ifPresent(read -> files.add(new SourceFile(read, root)));
        }
        return new DashboardSources(files, problems.all());
    }

    List<SourceFile> files() {
        return files;
    }

    /// What is wrong with how they are written.
    List<Problem> problems() {
        return problems;
    }
}
