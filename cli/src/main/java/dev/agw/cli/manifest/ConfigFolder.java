package dev.agw.cli.manifest;

import dev.agw.gateway.ConfigCheck;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.resource.ResourceSet;
import dev.agw.schema.Documents;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the gateways are configured with.
///
/// @param settings the user's `agw.yaml`, if there is one
/// @param files the text of each file of manifests, by its key in a ConfigMap
/// @param documents the documents in them
/// @param resources what they say
/// @param variables environment variables that they refer to
public record ConfigFolder(
        Optional<Node.Mapping> settings,
        Map<String, String> files,
        List<Node> documents,
        ResourceSet resources,
        List<String> variables) {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_]\\w*)}");
    private static final Pattern MANIFEST = Pattern.compile("[^.].*\\.(yaml|yml|json)");

    /// Reads as deep as a gateway does: `resources.path` and the folders in it.
    private static final int DEPTH = 2;

    /// Base64 of a text, so that it may stand in each field of a Secret.
    private static final String SOME_KEY = "c29tZQ==";

    /// No configuration: gateways serve the providers whose keys are in their environment.
    public static ConfigFolder none() {
        return new ConfigFolder(
                Optional.empty(),
                Map.of(),
                List.of(),
                new ManifestReader(Map.of()).parse("none", "").resources(),
                List.of());
    }

    /// Reads settings and manifests; all that is wrong with them is added to `problems`.
    ///
    /// @param environment what `${NAME}` may stand for; what is not in there, the cluster is to have
    public static ConfigFolder read(
            Optional<Path> settings,
            Optional<Path> manifests,
            Map<String, String> environment,
            List<Problem> problems) {
        Problems found = new Problems();
        Optional<Node.Mapping> mapping = settings.flatMap(file -> mapping(file, found));
        Map<String, String> files = manifests.map(root -> files(root, found)).orElse(Map.of());
        Documents documents = new Documents(new Problems());
        List<Node> nodes = files.entrySet().stream()
                .flatMap(file -> documents.parse(file.getKey(), file.getValue()).stream())
                .toList();
        List<String> variables = variables(nodes);
        ResourceSet resources = manifests
                .map(root -> resources(root, with(environment, variables), found))
                .orElseGet(() -> none().resources());
        problems.addAll(found.all());
        return new ConfigFolder(mapping, files, nodes, resources, variables);
    }

    private static Optional<Node.Mapping> mapping(Path file, Problems problems) {
        return new Documents(problems)
                .read(file).stream()
                        .filter(Node.Mapping.class::isInstance)
                        .map(Node.Mapping.class::cast)
                        .findFirst();
    }

    private static ResourceSet resources(Path root, Map<String, String> environment, Problems found) {
        Manifests read = new ManifestReader(environment).read(root);
        read.problems().forEach(found::add);
        ConfigCheck.problems(read).forEach(found::add);
        return read.resources();
    }

    private static Map<String, String> with(Map<String, String> environment, List<String> variables) {
        Map<String, String> all = new HashMap<>();
        variables.forEach(name -> all.put(name, SOME_KEY));
        all.putAll(environment);
        return all;
    }

    /// Of values alone: a comment refers to nothing.
    private static List<String> variables(List<Node> documents) {
        return documents.stream()
                .flatMap(ConfigFolder::texts)
                .flatMap(text -> VARIABLE.matcher(text).results().map(found -> found.group(1)))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> texts(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> mapping.entries().stream().flatMap(entry -> texts(entry.value()));
            case Node.Sequence list -> list.items().stream().flatMap(ConfigFolder::texts);
            case Node.Scalar scalar -> Stream.of(scalar.text());
        };
    }

    private static Map<String, String> files(Path root, Problems problems) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(root, DEPTH)) {
            for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.equals(root) ? String.valueOf(file.getFileName()) : key(root.relativize(file));
                if (MANIFEST.matcher(name).matches() && files.put(name, Files.readString(file)) != null) {
                    problems.error(
                            Position.of(file.toString()),
                            FieldPath.TOP,
                            "another file has the key " + name + " in the ConfigMap, too",
                            "give it another name");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problems.error(Position.of(root.toString()), FieldPath.TOP, "not readable: " + e.getMessage(), "");
        }
        return files;
    }

    /// A key of a ConfigMap has no slash.
    private static String key(Path file) {
        return file.toString().replace('/', '.');
    }
}
