package dev.agw.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/*
 * YAML 1.1 reads 12:30 as 750, 0x1F as 31 and 1_000 as 1000. Only what JSON would call a number is one here; the rest
 * is text, which a field for a number then refuses with its place. yes, no, on and off stay truth values, as
 * Kubernetes reads them.
 */
/// Reads YAML, many documents to a file, into nodes. Aliases and `<<` are resolved, within bounds; tags of one's own
/// are problems. For one part of a file and one thread.
final class YamlDocuments {
    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 100;
    /// What the aliases of one part may unfold to, at most: a few lines can otherwise stand for billions of values.
    private static final int MOST_NODES = 2_000_000;

    /// To be shared by all threads once they are made: only looked into.
    private static final LoaderOptions OPTIONS = options();

    private static final Resolver RESOLVER = new Resolver();

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private final String source;
    private final int firstLine;
    private final Problems problems;
    private int nodes;
    private int depth;

    /// @param firstLine the line of the file that the text begins in, from 1
    YamlDocuments(String source, int firstLine, Problems problems) {
        this.source = source;
        this.firstLine = firstLine;
        this.problems = problems;
    }

    /// The documents up to the first one that is no YAML; empty ones are left out.
    List<Node> read(String text) {
        List<Node> documents = new ArrayList<>();
        try {
            Composer composer = new Composer(new ParserImpl(new StreamReader(text), OPTIONS), RESOLVER, OPTIONS);
            while (composer.checkNode()) {
                Node document = node(composer.getNode());
                if (!document.nothing()) {
                    documents.add(document);
                }
            }
        } catch (MarkedYAMLException broken) {
            Optional<Mark> mark = Optional.ofNullable(broken.getProblemMark());
            problems.error(mark.map(this::at).orElse(start()), FieldPath.TOP, message(broken), "");
        } catch (YAMLException refused) {
            problems.error(start(), FieldPath.TOP, "not readable: " + refused.getMessage(), "");
        }
        return documents;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the size of the file is bounded where it is read
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private static String message(MarkedYAMLException broken) {
        String context =
                Optional.ofNullable(broken.getContext()).map(c -> c + ": ").orElse("");
        return "no valid YAML: " + context + broken.getProblem();
    }

    private Node node(org.yaml.snakeyaml.nodes.Node yaml) {
        if (++nodes > MOST_NODES) {
            throw new YAMLException("its aliases stand for more than " + MOST_NODES + " values");
        }
        if (++depth > DEEPEST) {
            throw new YAMLException("its values lie more than " + DEEPEST + " deep, or contain themselves");
        }
        Node node = switch (yaml) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode list -> list(list);
            case MappingNode mapping -> mapping(mapping);
            default -> throw new YAMLException("something that is no value in line " + at(yaml.getStartMark()));
        };
        depth--;
        return node;
    }

    private Node list(SequenceNode list) {
        return new Node.Sequence(
                at(list.getStartMark()),
                list.getValue().stream().map(this::node).toList());
    }

    private Node scalar(ScalarNode scalar) {
        Position at = at(scalar.getStartMark());
        return new Node.Scalar(at, kind(scalar, at), scalar.getValue());
    }

    private Node.Kind kind(ScalarNode scalar, Position at) {
        Tag tag = scalar.getTag();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN || tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
            return Node.Kind.TEXT;
        }
        if (tag.equals(Tag.NULL)) {
            return Node.Kind.NOTHING;
        }
        if (tag.equals(Tag.BOOL)) {
            return Node.Kind.BOOLEAN;
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return NUMBER.matcher(scalar.getValue()).matches() ? Node.Kind.NUMBER : Node.Kind.TEXT;
        }
        if (!tag.equals(Tag.MERGE)) {
            problems.error(at, FieldPath.TOP, "the tag " + tag.getValue() + " means nothing here", "take it away");
        }
        return Node.Kind.TEXT;
    }

    private Node mapping(MappingNode mapping) {
        List<Node.Entry> entries = new ArrayList<>(mapping.getValue().size());
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(node(tuple.getValueNode()));
            } else {
                entries.add(entry(tuple));
            }
        }
        merged.forEach(base -> merge(base, entries));
        return new Node.Mapping(at(mapping.getStartMark()), entries);
    }

    private Node.Entry entry(NodeTuple tuple) {
        Position at = at(tuple.getKeyNode().getStartMark());
        if (tuple.getKeyNode() instanceof ScalarNode key) {
            return new Node.Entry(at, key.getValue(), node(tuple.getValueNode()));
        }
        problems.error(at, FieldPath.TOP, "expected a name, found a list or an object as key", "");
        return new Node.Entry(at, "", node(tuple.getValueNode()));
    }

    /// Adds what `<<` brings in and the mapping does not say itself.
    private static void merge(Node base, List<Node.Entry> entries) {
        switch (base) {
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .filter(added ->
                                entries.stream().noneMatch(own -> own.key().equals(added.key())))
                        .toList()
                        .forEach(entries::add);
            case Node.Sequence list -> list.items().forEach(item -> merge(item, entries));
            case Node.Scalar scalar ->
                throw new YAMLException("<< in line " + scalar.at().line() + " brings in no object");
        }
    }

    private Position start() {
        return new Position(source, firstLine, 1);
    }

    private Position at(Mark mark) {
        return new Position(source, firstLine + mark.getLine(), mark.getColumn() + 1);
    }
}
