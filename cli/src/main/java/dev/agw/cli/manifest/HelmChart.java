package dev.agw.cli.manifest;

import dev.agw.cli.manifest.Mark.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A set as a Helm chart. Its objects are those of the plain form; what users of a chart may choose are the values
/// whose change does not change which objects and fields there are. For all else, render the chart anew.
public record HelmChart(ManifestSet set) {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

    /// The files of the chart by their place in its folder.
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("Chart.yaml", ManifestText.HEAD + YamlText.plain(chart()));
        files.put("values.yaml", ManifestText.HEAD + YamlText.plain(values()));
        files.put("values.schema.json", ManifestText.json(schema().plain()));
        files.put("templates/_helpers.tpl", helpers());
        for (Manifest manifest : set.manifests()) {
            files.put(
                    "templates/" + manifest.file() + ".yaml",
                    ManifestText.HEAD + YamlText.comment(manifest.comment()) + YamlText.template(manifest.tree()));
        }
        files.put("templates/checks.yaml", new ChartChecks(keys()).text());
        files.put("templates/NOTES.txt", notes());
        return files;
    }

    private Tree chart() {
        String version = VERSION.matcher(set.renderedBy()).matches() ? set.renderedBy() : "0.0.0";
        return Tree.of("apiVersion", "v2")
                .put("name", set.name())
                .put("description", "Gateways for AI traffic, rendered by agw render-manifests.")
                .put("type", "application")
                .put("version", version)
                .put("appVersion", set.renderedBy())
                .put("kubeVersion", ">=1.30.0-0");
    }

    private List<Slot> slots() {
        Map<String, Slot> slots = new LinkedHashMap<>();
        set.manifests().stream()
                .flatMap(manifest -> manifest.tree().slots().stream())
                .forEach(slot -> slots.putIfAbsent(slot.key(), slot));
        return List.copyOf(slots.values());
    }

    private Set<String> keys() {
        return slots().stream().map(Slot::key).collect(Collectors.toSet());
    }

    private Tree values() {
        Tree values = new Tree();
        slots().forEach(slot -> place(values, slot.key(), new Mark.Note(slot.doc(), slot.value())));
        return values;
    }

    /// Puts a value where its key says, in trees that are made on the way.
    private static void place(Tree values, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            values.fields().put(key, value);
            return;
        }
        place(values.below(key.substring(0, dot)), key.substring(dot + 1), value);
    }

    private Tree schema() {
        Tree shape = new Tree();
        slots().forEach(slot -> place(shape, slot.key(), slot));
        Tree schema =
                Tree.of("$schema", "http://json-schema.org/draft-07/schema#").putAll(object(shape));
        // Helm itself puts global values beside those of the chart.
        schema.below("properties").put("global", Tree.of("type", "object"));
        return schema;
    }

    private static Tree object(Tree shape) {
        Tree properties = new Tree();
        shape.fields()
                .forEach((key, value) ->
                        properties.put(key, value instanceof Slot slot ? property(slot) : object((Tree) value)));
        return Tree.of("type", "object")
                .put("additionalProperties", false)
                .put("required", List.copyOf(shape.fields().keySet()))
                .put("properties", properties);
    }

    private static Tree property(Slot slot) {
        Tree property = switch (slot.kind()) {
            case TEXT -> Tree.of("type", "string").put("minLength", 1);
            case WHOLE -> Tree.of("type", "integer").put("minimum", 0);
            case COUNT_OR_SHARE ->
                Tree.of("type", List.of("integer", "string"))
                        .put("pattern", "^[0-9]+%$")
                        .put("minimum", 0);
        };
        return property.put("description", slot.doc());
    }

    /// The settings, which their ConfigMap holds and whose checksum replaces pods.
    private String helpers() {
        StringBuilder text = new StringBuilder();
        for (Manifest manifest : set.manifests()) {
            Object data = manifest.tree().fields().getOrDefault("data", "");
            if (data instanceof Tree tree && tree.fields().get("agw.yaml") instanceof Mark.Text settings) {
                text.append("{{- define \"agw.settings\" -}}\n")
                        .append(YamlText.template(settings.tree()))
                        .append("{{ end }}\n");
            }
        }
        return text.toString();
    }

    private String notes() {
        return """
            {{ .Values.name }} is in the namespace {{ .Release.Namespace }}.

              kubectl -n {{ .Release.Namespace }} rollout status deployment/{{ .Values.name }}
              kubectl -n {{ .Release.Namespace }} get service {{ .Values.name }}

            Before an upgrade of the gateways: agw check-upgrade. Take --reset-then-reuse-values and not
            --reuse-values, which leaves new defaults of the chart out. The kinds PodMonitor and ServiceMonitor do
            not come with this chart but with Prometheus's operator.

            Whether there is an autoscaler, a network policy or a monitor, ports, environment and manifests of the
            traffic stand in operations.yaml: change it there, and render the chart again with agw render-manifests
            --format helm.
            """;
    }
}
