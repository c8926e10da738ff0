package dev.agw.cli.render;

import dev.agw.schema.Binder;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The alerts of `rules/`, in their order.
public final class RuleSources {
    private static final List<String> FILES =
            List.of("dataplane", "gateway", "slo", "controlplane", "ratelimiter", "cost", "kubernetes");

    private final List<RuleSource> all;

    private RuleSources(List<RuleSource> all) {
        this.all = List.copyOf(all);
    }

    /// Those of the distribution.
    public static RuleSources shipped() {
        return new RuleSources(FILES.stream()
                .flatMap(file -> read("rules/" + file + ".yaml", RuleSource.class).stream())
                .toList());
    }

    /// The documents of a file of the distribution.
    static <T extends Record> List<T> read(String path, Class<T> type) {
        Problems problems = new Problems();
        List<T> read = new Documents(problems)
                .parse(path, Shipped.text(path)).stream()
                        .flatMap(document -> bind(type, document, problems).stream())
                        .collect(Collectors.toList());
        if (!problems.all().isEmpty()) {
            throw new IllegalStateException("the distribution is broken: " + problems.all());
        }
        return read;
    }

    private static <T extends Record> Optional<T> bind(Class<T> type, Node document, Problems problems) {
        return new Binder(Map.of(), problems).bind(type, document, FieldPath.TOP);
    }

    public List<RuleSource> all() {
        return all;
    }

    /// The one of that name.
    public Optional<RuleSource> find(String name) {
        return all.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /// Names of all, in their order.
    public List<String> names() {
        return all.stream().map(RuleSource::name).toList();
    }
}
