package dev.agw.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A set as text: all in one, or each object in its file.
public record ManifestText(ManifestSet set) {
    /// How objects are written.
    public enum Form {
        yaml,
        json
    }

    /// Marks files that agw has written, in YAML.
    static final String HEAD =
            "# Rendered by agw render-manifests: change the values (agw render --print-defaults) and render again.\n";

    /// All objects: YAML's documents, or a List in JSON.
    public String stream(Form form) {
        return switch (form) {
            case yaml -> HEAD + set.manifests().stream().map(ManifestText::yaml).collect(Collectors.joining("---\n"));
            case json -> json(list());
        };
    }

    /// Files by name: one for each object.
    public Map<String, String> objects(Form form) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Manifest manifest : set.manifests()) {
            files.put(manifest.file() + "." + form, form == Form.yaml ? HEAD + yaml(manifest) : json(manifest.plain()));
        }
        return files;
    }

    /// Files by name: one for each object, and a kustomization that names them.
    public Map<String, String> files(Form form) {
        Map<String, String> files = objects(form);
        Tree kustomization = Tree.of("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .put("kind", "Kustomization")
                .put("resources", List.copyOf(files.keySet()));
        files.put("kustomization.yaml", HEAD + YamlText.plain(kustomization));
        return files;
    }

    private static String yaml(Manifest manifest) {
        return YamlText.comment(manifest.comment()) + YamlText.plain(manifest.tree());
    }

    private Map<String, Object> list() {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", set.manifests().stream().map(Manifest::plain).toList());
        return list;
    }

    static String json(Object value) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values", e);
        }
    }
}
