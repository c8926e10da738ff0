package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.exposition.BadPageException;
import dev.agw.cli.exposition.MetricsPage;
import dev.agw.telemetry.MetricCatalogue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A snapshot as a folder, to look at elsewhere or later.
///
/// | file | holds |
/// |---|---|
/// | `snapshot.json` | when it was taken, which pods there are, what could not be read and why |
/// | `metrics/0.before.prom`, `metrics/0.prom` | the pages of the first pod that `snapshot.json` names |
/// | `config.json` | what reading the configuration found; never the configuration, as it may hold keys |
/// | `rules/0.txt` | files of rules and dashboards |
/// | `kubernetes/deployments.json` | lists of objects |
/// | `prometheus/alerts.json` | answers |
/// | `smoke.json` | how requests through the gateway were answered |
/// | `baseline.json` | what to compare with |
public final class Dump {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String INDEX = "snapshot.json";
    static final int SCHEMA = 2;
    private static final String CONFIG = "config.json";
    private static final String SMOKE = "smoke.json";
    private static final String BASELINE = "baseline.json";

    /// All that a dump is made of; the index goes last, so that what is left of a dump is known for one.
    private static final List<String> PARTS =
            List.of("metrics", "rules", "kubernetes", "prometheus", CONFIG, SMOKE, BASELINE, INDEX);

    private Dump() {}

    /// A page of metrics as it came, kept beside its reading.
    ///
    /// @param before empty if there was one look
    public record Pages(String pod, Optional<String> before, String now) {
        /// Reads both. Any page may have `process_start_time_seconds`: one that does not tell a gateway's version is
        /// none of a gateway.
        public Part<PodMetrics> read() {
            try {
                PodMetrics read = new PodMetrics(pod, before.map(MetricsPage::parse), MetricsPage.parse(now));
                return read.now().has(MetricCatalogue.BUILD_INFO)
                        ? new Part.Read<>(read)
                        : new Part.Unreadable<>(
                                "no metrics of an agw gateway: " + MetricCatalogue.BUILD_INFO.name() + " is not there",
                                "is the URL right?");
            } catch (BadPageException wrong) {
                return new Part.Unreadable<>("no page of metrics: " + wrong.getMessage(), "is the URL right?");
            }
        }
    }

    /// Whether a folder holds what [#write] wrote.
    public static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    /// Removes what [#write] wrote, and leaves what else is in the folder.
    public static void clear(Path folder) throws IOException {
        for (String name : PARTS) {
            Path part = folder.resolve(name);
            if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                removeFiles(part);
            }
            Files.deleteIfExists(part);
        }
    }

    /// A folder of a dump has no folders in it.
    private static void removeFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /// Writes a snapshot and the pages that its metrics were read from into a folder, which it makes.
    public static void write(Path folder, Snapshot snapshot, List<Pages> pages) throws IOException {
        Files.createDirectories(folder);
        ObjectNode index = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", SCHEMA)
                .put("at", snapshot.at().toString())
                .put("windowMillis", snapshot.window().toMillis());
        metrics(folder, snapshot, pages, index.putArray("pods"));
        rules(folder, snapshot.rules(), index.putArray("rules"));
        trees(folder.resolve("kubernetes"), snapshot.kubernetes(), index.putArray("kubernetes"));
        trees(folder.resolve("prometheus"), snapshot.prometheus(), index.putArray("prometheus"));
        if (snapshot.config() instanceof Part.Read<ConfigReading>(ConfigReading config)) {
            text(folder.resolve(CONFIG), config(config).toPrettyString());
        }
        if (snapshot.smoke() instanceof Part.Read<JsonNode>(JsonNode smoke)) {
            text(folder.resolve(SMOKE), smoke.toPrettyString());
        }
        if (snapshot.baseline() instanceof Part.Read<Baseline>(Baseline baseline)) {
            text(folder.resolve(BASELINE), baseline.json().toPrettyString());
        }
        text(folder.resolve(INDEX), index.toPrettyString());
    }

    private static void metrics(Path folder, Snapshot snapshot, List<Pages> pages, ArrayNode index) throws IOException {
        snapshot.pods().forEach((pod, part) -> entry(pod, part, index));
        List<String> pods = List.copyOf(snapshot.pods().keySet());
        for (Pages page : pages) {
            String file = Integer.toString(pods.indexOf(page.pod()));
            text(folder.resolve("metrics").resolve(file + ".prom"), page.now());
            if (page.before().isPresent()) {
                text(
                        folder.resolve("metrics").resolve(file + ".before.prom"),
                        page.before().get());
            }
        }
    }

    private static void rules(Path folder, List<RulesFile> rules, ArrayNode index) throws IOException {
        for (int i = 0; i < rules.size(); i++) {
            index.add(rules.get(i).name());
            text(folder.resolve("rules").resolve(i + ".txt"), rules.get(i).text());
        }
    }

    private static void trees(Path folder, SortedMap<String, Part<JsonNode>> parts, ArrayNode index)
            throws IOException {
        for (Map.Entry<String, Part<JsonNode>> part : parts.entrySet()) {
            if (!(part.getValue() instanceof Part.NotAsked<JsonNode>)) {
                entry(part.getKey(), part.getValue(), index);
            }
            if (part.getValue() instanceof Part.Read<JsonNode>(JsonNode tree)) {
                text(folder.resolve(part.getKey() + ".json"), tree.toPrettyString());
            }
        }
    }

    private static void entry(String name, Part<?> part, ArrayNode index) {
        ObjectNode entry = index.addObject().put("name", name);
        if (part instanceof Part.Unreadable<?>(String why, String remedy)) {
            entry.put("unreadable", why).put("remedy", remedy);
        }
    }

    private static ObjectNode config(ConfigReading config) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("reader", config.reader())
                .put("shutdownMinMillis", config.shutdown().min().toMillis())
                .put("shutdownMaxMillis", config.shutdown().max().toMillis())
                .put("shutdownSource", config.shutdown().source().name());
        ArrayNode errors = json.putArray("errors");
        config.errors().forEach(errors::add);
        ArrayNode warnings = json.putArray("warnings");
        config.warnings().forEach(warnings::add);
        ArrayNode unset = json.putArray("unset");
        config.unset().forEach(unset::add);
        return json;
    }

    private static void text(Path file, String text) throws IOException {
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(Path.of(".")));
        Files.writeString(file, text);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if the folder is none of these
    public static Snapshot read(Path folder) throws IOException {
        JsonNode index = JSON.readTree(Files.readString(folder.resolve(INDEX)));
        if (index.path("schemaVersion").asInt() != SCHEMA) {
            throw new IOException(folder.resolve(INDEX) + " is of another version of dumps");
        }
        return new Snapshot(
                Instant.parse(index.path("at").asText()),
                Duration.ofMillis(index.path("windowMillis").asLong()),
                pods(folder.resolve("metrics"), index.path("pods")),
                config(folder.resolve(CONFIG)),
                rules(folder.resolve("rules"), index.path("rules")),
                trees(folder.resolve("kubernetes"), index.path("kubernetes")),
                trees(folder.resolve("prometheus"), index.path("prometheus")),
                smoke(folder.resolve(SMOKE)),
                baseline(folder.resolve(BASELINE)));
    }

    private static SortedMap<String, Part<PodMetrics>> pods(Path folder, JsonNode index) throws IOException {
        SortedMap<String, Part<PodMetrics>> pods = new TreeMap<>();
        for (int i = 0; i < index.size(); i++) {
            String pod = index.get(i).path("name").asText();
            Path now = folder.resolve(i + ".prom");
            pods.put(
                    pod,
                    Files.exists(now)
                            ? new Pages(pod, before(folder.resolve(i + ".before.prom")), Files.readString(now)).read()
                            : unreadable(index.get(i)));
        }
        return pods;
    }

    private static Optional<String> before(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private static SortedMap<String, Part<JsonNode>> trees(Path folder, JsonNode index) throws IOException {
        SortedMap<String, Part<JsonNode>> trees = new TreeMap<>();
        for (JsonNode entry : index) {
            String name = entry.path("name").asText();
            Path file = folder.resolve(name + ".json");
            trees.put(
                    name,
                    Files.exists(file) ? new Part.Read<>(JSON.readTree(Files.readString(file))) : unreadable(entry));
        }
        return trees;
    }

    private static <T> Part<T> unreadable(JsonNode entry) {
        return new Part.Unreadable<>(
                entry.path("unreadable").asText("not in the dump"),
                entry.path("remedy").asText());
    }

    private static List<RulesFile> rules(Path folder, JsonNode index) throws IOException {
        List<RulesFile> rules = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            rules.add(new RulesFile(index.get(i).asText(), Files.readString(folder.resolve(i + ".txt"))));
        }
        return rules;
    }

    private static Part<ConfigReading> config(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Part.NotAsked<>(Snapshot.NO_CONFIG);
        }
        JsonNode json = JSON.readTree(Files.readString(file));
        return new Part.Read<>(new ConfigReading(
                json.path("reader").asText(),
                texts(json.path("errors")),
                texts(json.path("warnings")),
                texts(json.path("unset")),
                new Shutdown(
                        Duration.ofMillis(json.path("shutdownMinMillis").asLong()),
                        Duration.ofMillis(json.path("shutdownMaxMillis").asLong()),
                        Shutdown.Source.valueOf(json.path("shutdownSource").asText("ASSUMED")))));
    }

    private static Part<JsonNode> smoke(Path file) throws IOException {
        return Files.exists(file)
                ? new Part.Read<>(JSON.readTree(Files.readString(file)))
                : new Part.NotAsked<>(Snapshot.NO_SMOKE);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Part<Baseline> baseline(Path file) throws IOException {
        return Files.exists(file)
                ? Baseline.read(JSON.readTree(Files.readString(file)))
                : new Part.NotAsked<>(Snapshot.NO_BASELINE);
    }
}
