package dev.agw.cli;

import dev.agw.cli.operations.Operations;
import dev.agw.resource.Kinds;
import dev.agw.schema.Explain;
import dev.agw.schema.Explain.Explanation;
import dev.agw.schema.InvalidValueException;
import dev.agw.settings.AgwSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `agw explain`: what may be written in manifests and settings, from the records that read them.
@Command(
        name = "explain",
        header = "Tells what a kind of manifest, a setting or a field means.",
        description = "Its type, default and unit, and what is in it. Without a path, lists the kinds.",
        footer = {
            "",
            "Examples:",
            "  agw explain HTTPRoute.spec.rules.retry",
            "  agw explain agw.yaml.limits.headerBytes",
            "  agw explain --recursive Backend"
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Option(
            names = {"-r", "--recursive"},
            description = "Lists all fields below, one per line; not those of what is not yet in effect.")
    private boolean recursive;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND[.field...]",
            description =
                    "A kind, or agw.yaml for the settings, and the way to a field. Indexes in brackets are passed over.")
    private Optional<String> path = Optional.empty();

    @Override
    public Integer call() {
        Explain explain = new Explain(roots());
        try {
            console.out()
                    .print(path.map(what -> recursive ? tree(explain, what) : explain.page(what))
                            .orElseGet(() -> list(explain)));
        } catch (InvalidValueException unknown) {
            throw new CommandException(ExitCode.USAGE, unknown.message() + "; " + unknown.hint(), unknown);
        }
        console.out().flush();
        return ExitCode.OK.number();
    }

    private static Map<String, Class<? extends Record>> roots() {
        Map<String, Class<? extends Record>> roots = new HashMap<>(Kinds.types());
        roots.put("agw.yaml", AgwSettings.class);
        roots.put("operations.yaml", Operations.class);
        return roots;
    }

    private static String list(Explain explain) {
        int width = explain.roots().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder list = new StringBuilder();
        for (String root : explain.roots()) {
            list.append(root)
                    .append(" ".repeat(width + 2 - root.length()))
                    .append(explain.at(root).doc())
                    .append('\n');
        }
        return list.toString();
    }

    private static String tree(Explain explain, String path) {
        Explanation top = explain.at(path);
        StringBuilder tree = new StringBuilder(line(top, 0));
        branches(explain, top, 1, tree);
        return tree.toString();
    }

    private static void branches(Explain explain, Explanation parent, int depth, StringBuilder tree) {
        for (Explanation field : parent.fields()) {
            tree.append(line(field, depth));
            if (!repeats(field) && (field.inEffect() || !parent.inEffect())) {
                branches(explain, explain.at(field.path()), depth + 1, tree);
            }
        }
    }

    /// Filters hold backends and backends hold filters: a name that stands on its own path already is not opened again.
    private static boolean repeats(Explanation field) {
        List<String> steps = Arrays.asList(field.path().split("\\."));
        return steps.subList(0, steps.size() - 1).contains(field.name());
    }

    private static String line(Explanation field, int depth) {
        StringBuilder line = new StringBuilder("  ".repeat(depth))
                .append(depth == 0 ? field.path() : field.name())
                .append("  <")
                .append(field.type())
                .append('>');
        if (field.required() && depth > 0) {
            line.append("  required");
        }
        if (!field.byDefault().isEmpty()) {
            line.append("  default ").append(field.byDefault());
        }
        if (!field.inEffect()) {
            line.append("  accepted, not yet in effect");
        }
        return line.append('\n').toString();
    }
}
