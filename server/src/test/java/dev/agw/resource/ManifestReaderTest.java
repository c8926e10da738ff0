package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private final ManifestReader reader = new ManifestReader(Map.of());

    @TempDir
    Path folder;

    @Test
    void everyProblemIsReportedAtOnceWithItsPlace() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/wrong/richly.yaml"));
        String report = Files.readString(Path.of("src/test/resources/wrong/richly.report"));

        assertThat(reader.parse("richly.yaml", text).problems())
                .extracting(Problem::toString)
                .containsExactlyElementsOf(report.lines().toList());
    }

    @Test
    void jsonIsReadWithItsLines() {
        String json = """
                {
                \t"apiVersion": "gateway.networking.k8s.io/v1",
                \t"kind": "HTTPRoute",
                \t"metadata": {"name": "a"},
                \t"spec": {"rules": [{"backendRefs": [{"name": "b", "weight": -1}]}]}
                }
                """;

        assertThat(lines(reader.parse("a.json", json)))
                .containsExactly(
                        "a.json:5: spec.rules[0].backendRefs[0].weight: expected a whole number from 0 to 1000000, found"
                                + " the number -1");
    }

    @Test
    void brokenJsonIsAProblemWithItsLine() {
        assertThat(lines(reader.parse("a.json", "{\n\"kind\": oops}")))
                .singleElement()
                .asString()
                .startsWith("a.json:2: no valid JSON");
    }

    @Test
    void brokenYamlIsAProblemWithItsLineAndWhatStandsBeforeItIsRead() {
        Manifests manifests = reader.parse("a.yaml", configMap("a") + "---\nkind: [\nx: }\n");

        assertThat(manifests.resources().all()).hasSize(1);
        assertThat(lines(manifests)).singleElement().asString().startsWith("a.yaml:8: no valid YAML");
    }

    @Test
    void aListIsReadItemByItem() {
        String list = "apiVersion: v1\nkind: List\nitems:\n- "
                + configMap("a").strip().replace("\n", "\n  ") + "\n";

        assertThat(reader.parse("a.yaml", list).resources().find(ConfigMap.class, "default", "a"))
                .isPresent();
    }

    @Test
    void whatTheClusterAddsIsPassedOver() {
        String text = """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: DirectResponse
                metadata:
                  name: gone
                  uid: 1234
                  resourceVersion: "7"
                  creationTimestamp: null
                  managedFields: [{manager: kubectl}]
                spec: {status: 410, body: gone, headers: {x-a: b}}
                status: {conditions: []}
                """;

        Manifests manifests = reader.parse("a.yaml", text);

        assertThat(manifests.problems()).isEmpty();
        assertThat(manifests
                        .resources()
                        .find(DirectResponse.class, "default", "gone")
                        .orElseThrow()
                        .spec()
                        .status())
                .isEqualTo(410);
    }

    @Test
    void kindsOfOthersArePassedOverInSilence() {
        String text = """
                apiVersion: apps/v1
                kind: Deployment
                ---
                apiVersion: v1
                kind: Namespace
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                """;

        assertThat(reader.parse("a.yaml", text).problems()).isEmpty();
    }

    @Test
    void anchorsAndMergesAreResolved() {
        String text = configMap("a").replace("data: {a: b}", "data: &x {a: b}") + "---\n" + configMap("b");
        String merged = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data:
                  <<: {a: base, c: base}
                  a: own
                """;

        assertThat(reader.parse("a.yaml", text).problems()).isEmpty();
        assertThat(reader.parse("a.yaml", merged)
                        .resources()
                        .find(ConfigMap.class, "default", "a")
                        .orElseThrow()
                        .data())
                .isEqualTo(Map.of("a", "own", "c", "base"));
    }

    @Test
    void aliasesThatUnfoldToBillionsAreRefused() {
        String levels = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(5) + "x]\n")
                .collect(Collectors.joining());

        assertThat(lines(reader.parse("bomb.yaml", "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + levels)))
                .singleElement()
                .asString()
                .contains("aliases");
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        assertThat(lines(reader.parse("a.yaml", "a: &a\n  b: *a\n")))
                .singleElement()
                .asString()
                .contains("contain themselves");
    }

    @Test
    void aFileOfMoreThanFiveMegabytesIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("big.yaml"), "#".repeat(5 << 20) + "#");

        assertThat(lines(reader.read(file))).singleElement().asString().contains("expected at most 5 MB");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        assertThat(lines(reader.read(folder.resolve("none.yaml"))))
                .singleElement()
                .asString()
                .endsWith("none.yaml: no such file");
    }

    @Test
    void aFileThatIsNoTextIsAProblem() throws IOException {
        Path file = Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28});

        assertThat(lines(reader.read(file))).singleElement().asString().endsWith("no text in UTF-8");
    }

    @Test
    void aFolderIsReadWithItsFoldersAndWithoutWhatIsHidden() throws IOException {
        Path data = Files.createDirectories(folder.resolve("..data"));
        Files.writeString(data.resolve("linked.yaml"), configMap("linked"));
        Files.createSymbolicLink(folder.resolve("linked.yaml"), data.resolve("linked.yaml"));
        Files.writeString(Files.createDirectory(folder.resolve("more")).resolve("b.yml"), configMap("b"));
        Files.writeString(folder.resolve(".hidden.yaml"), "not read");
        Files.writeString(folder.resolve("notes.txt"), "not read");

        Manifests manifests = reader.read(folder);

        assertThat(manifests.problems()).isEmpty();
        assertThat(manifests.resources().all())
                .extracting(one -> one.metadata().name())
                .containsExactly("linked", "b");
    }

    @Test
    void anEmptyFolderIsAWarning() {
        assertThat(lines(reader.read(folder))).singleElement().asString().contains("warning: no manifests");
    }

    @Test
    void aResourceThatIsThereTwiceNamesBothPlaces() {
        Manifests manifests = reader.parse("a.yaml", configMap("a") + "---\n" + configMap("a"));

        assertThat(lines(manifests))
                .containsExactly("a.yaml:10: metadata.name: ConfigMap default/a is there twice; first in a.yaml:1");
        assertThat(manifests.valid()).isFalse();
    }

    @Test
    void fiveThousandRoutesAreReadWithAllTheirFields() {
        String routes =
                IntStream.range(0, 5_000).mapToObj(ManifestReaderTest::route).collect(Collectors.joining("---\n"));

        Manifests manifests = reader.parse("routes.yaml", routes);

        List<HttpRoute> read = manifests.resources().all(HttpRoute.class);
        assertThat(manifests.valid()).isTrue();
        assertThat(read).hasSize(5_000);
        assertThat(read.get(4_999)
                        .spec()
                        .rules()
                        .get(0)
                        .timeouts()
                        .orElseThrow()
                        .request())
                .contains(Duration.ofSeconds(30));
    }

    private static String route(int number) {
        return """
               apiVersion: gateway.networking.k8s.io/v1
               kind: HTTPRoute
               metadata:
                 name: route-%d
               spec:
                 hostnames: [host-%d.example.com]
                 rules:
                   - matches:
                       - path: {type: PathPrefix, value: /api/%d}
                         headers: [{name: x-tenant, value: t%d}]
                     timeouts: {request: 30s}
                     backendRefs:
                       - name: backend
                         port: 80
                         weight: 3
               """.formatted(number, number, number, number);
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata: {a: b}\n";
    }

    private static List<String> lines(Manifests manifests) {
        return manifests.problems().stream().map(Problem::toString).toList();
    }
}
