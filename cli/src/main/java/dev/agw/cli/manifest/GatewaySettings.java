package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.schema.Node;
import dev.agw.schema.Problem;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.LoadedSettings;
import dev.agw.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The `agw.yaml` of the gateways: that of the user, with what the values and the place of its files decide.
///
/// @param tree what is written
/// @param read what a gateway makes of it
record GatewaySettings(Tree tree, AgwSettings read) {
    static final String FOLDER = "/etc/agw/settings";
    static final String RESOURCES = "/etc/agw/resources";

    /// The settings for those values. What is wrong with the user's is added to `problems`.
    static GatewaySettings of(Deployment deployment, ConfigFolder config, List<Problem> problems) {
        Tree tree = new Tree()
                .put("resources", Tree.of("path", RESOURCES))
                .put(
                        "shutdown",
                        Tree.of("min", ShutdownTimes.min(deployment).with("s"))
                                .put("max", ShutdownTimes.max(deployment).with("s")));
        config.settings()
                .ifPresent(user -> user.entries().stream()
                        .filter(entry -> !tree.fields().containsKey(entry.key()))
                        .filter(entry -> !entry.value().nothing())
                        .forEach(entry -> tree.put(entry.key(), value(entry.value()))));
        LoadedSettings loaded = loaded(tree);
        problems.addAll(loaded.problems());
        return new GatewaySettings(tree, loaded.settings().orElseGet(GatewaySettings::defaults));
    }

    /// What a gateway makes of settings.
    static LoadedSettings loaded(Tree tree) {
        return new SettingsReader(Map.of(), Map.of()).parse("agw.yaml of the gateways", YamlText.plain(tree));
    }

    static AgwSettings defaults() {
        return new SettingsReader(Map.of(), Map.of()).defaults().settings().orElseThrow();
    }

    static Object value(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Tree tree = new Tree();
                mapping.entries().stream()
                        .filter(entry -> !entry.value().nothing())
                        .forEach(entry -> tree.put(entry.key(), value(entry.value())));
                yield tree;
            }
            case Node.Sequence list ->
                list.items().stream().map(GatewaySettings::value).toList();
            case Node.Scalar scalar -> scalar.kind() == Node.Kind.TEXT ? scalar.text() : new Mark.Raw(scalar.text());
        };
    }

    /// The checksum of the settings: pods are replaced when it changes, as settings are read at the start.
    Object checksum() {
        return new Mark.Computed("{{ include \"agw.settings\" . | sha256sum | quote }}", sha256(YamlText.plain(tree)));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
