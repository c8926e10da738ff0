package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderManifestsCommandTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void writesNothingButManifestsToStandardOutput() {
        Outcome rendered = render();

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out())
                .startsWith("# Rendered by agw render-manifests")
                .contains("\nkind: Deployment\n");
        assertThat(rendered.out()).doesNotContain("warning");
        assertThat(rendered.err()).contains("defaults: warning: deployment.image: agw:latest");
    }

    @Test
    void writesTheSameEachTime() {
        assertThat(render().out()).isEqualTo(render().out());
    }

    @Test
    void writesAFilePerObjectAndAKustomization() throws IOException {
        Outcome rendered = render("-o", temp.toString());

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out()).isEmpty();
        assertThat(temp.resolve("kustomization.yaml")).content().contains("resources:\n  - service-account.yaml\n");
        assertThat(temp.resolve("hpa.yaml")).content().contains("kind: HorizontalPodAutoscaler\n");
        assertThat(files()).hasSize(14).contains("pdb.yaml", "settings.yaml");
    }

    @Test
    void kustomizeBuildsTheFolder() throws IOException, InterruptedException {
        render("-o", temp.toString());

        assertThat(kustomize()).contains("kind: PodDisruptionBudget", "name: agentgateway-proxy-settings");
    }

    @Test
    void kustomizeBuildsAFolderOfJson() throws IOException, InterruptedException {
        render("--format", "json", "-o", temp.toString());

        assertThat(temp.resolve("deployment.json")).content().startsWith("{");
        assertThat(kustomize()).contains("kind: PodDisruptionBudget", "name: agentgateway-proxy-settings");
    }

    @Test
    void checkFindsWhatDiffersAndWritesNothing() throws IOException {
        render("-o", temp.toString());
        assertThat(render("-o", temp.toString(), "--check").exitCode()).isZero();

        Files.writeString(temp.resolve("hpa.yaml"), "changed by hand\n");
        Files.delete(temp.resolve("pdb.yaml"));
        Files.writeString(temp.resolve("own.yaml"), "somebody's own\n");
        Outcome checked = render("-o", temp.toString(), "--check");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.out())
                .isEqualTo(temp.resolve("hpa.yaml") + ": differs\n" + temp.resolve("pdb.yaml") + ": missing\n");
        assertThat(temp.resolve("hpa.yaml")).hasContent("changed by hand\n");
        assertThat(temp.resolve("pdb.yaml")).doesNotExist();
    }

    @Test
    void checkFindsWhatIsLeftOfAnEarlierRendering() throws IOException {
        render("-o", temp.toString());
        Path values = Files.writeString(
                Files.createTempDirectory(temp, ".values").resolve("v.yaml"),
                "deployment: {autoscaling: {enabled: false}}\n");
        String[] less = {"-o", temp.toString(), "--values", values.toString()};

        Outcome written = render(less);
        Outcome checked =
                render(Stream.concat(Stream.of(less), Stream.of("--check")).toArray(String[]::new));

        assertThat(written.err()).contains(temp.resolve("hpa.yaml") + ": no longer rendered; delete it");
        assertThat(checked.out()).isEqualTo(temp.resolve("hpa.yaml") + ": no longer rendered\n");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"helm, templates/hpa.yaml", "json, hpa.json"})
    void whatIsLeftOfAnEarlierRenderingIsFoundInEachForm(String format, String left) throws IOException {
        String folder = temp.resolve("out").toString();
        Path values = Files.writeString(temp.resolve("v.yaml"), "deployment: {autoscaling: {enabled: false}}\n");
        render("--format", format, "-o", folder);
        Files.writeString(temp.resolve("out/own.json"), "{}");

        Outcome written = render("--format", format, "-o", folder, "--values", values.toString());
        Outcome checked = render("--format", format, "-o", folder, "--values", values.toString(), "--check");

        assertThat(written.err()).contains(temp.resolve("out").resolve(left) + ": no longer rendered; delete it");
        assertThat(checked.out()).isEqualTo(temp.resolve("out").resolve(left) + ": no longer rendered\n");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void someObjectsArePutAmongTheOthersWhoseKustomizationStays() throws IOException {
        render("-o", temp.toString());
        Files.delete(temp.resolve("hpa.yaml"));

        Outcome written = render("-o", temp.toString(), "hpa", "pdb");

        assertThat(written.err()).contains("2 files in").doesNotContain("no longer rendered");
        assertThat(render("-o", temp.toString(), "hpa", "pdb", "--check").exitCode())
                .isZero();
        assertThat(render("-o", temp.toString(), "--check").exitCode()).isZero();
    }

    @Test
    void checkTellsOfAFolderAndOfWhatIsNoTextInTheWay() throws IOException {
        render("-o", temp.toString());
        Files.delete(temp.resolve("hpa.yaml"));
        Files.createDirectory(temp.resolve("hpa.yaml"));
        Files.write(temp.resolve("pdb.yaml"), new byte[] {(byte) 0xff, 'a'});
        Files.write(temp.resolve("own.yaml"), new byte[] {(byte) 0xff, 'a'});

        Outcome checked = render("-o", temp.toString(), "--check");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.out())
                .isEqualTo(temp.resolve("hpa.yaml") + ": differs\n" + temp.resolve("pdb.yaml") + ": differs\n");
    }

    @Test
    void writesAChartAndChecksIt() throws IOException {
        Outcome rendered = render("--format", "helm", "-o", temp.toString());

        assertThat(rendered.exitCode()).isZero();
        assertThat(files()).contains("Chart.yaml", "values.yaml", "values.schema.json", "templates");
        assertThat(temp.resolve("templates/NOTES.txt")).content().contains("agw check-upgrade");
        assertThat(render("--format", "helm", "-o", temp.toString(), "--check").exitCode())
                .isZero();
        Files.writeString(temp.resolve("templates/hpa.yaml"), "");
        assertThat(render("--format", "helm", "-o", temp.toString(), "--check").out())
                .isEqualTo(temp.resolve("templates/hpa.yaml") + ": differs\n");
    }

    @Test
    void writesWhatIsAskedForByName() {
        Outcome rendered = render("hpa", "PodDisruptionBudget");

        assertThat(rendered.out().lines().filter(line -> line.startsWith("kind: ")))
                .containsExactly("kind: HorizontalPodAutoscaler", "kind: PodDisruptionBudget");
    }

    @Test
    void takesWhatInitHasWritten() {
        String conf = temp.resolve("conf").toString();
        assertThat(Outcome.of("init", conf).exitCode()).isZero();

        Outcome refused = render("--config", conf);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("deployment.environment: manifests refer to OPENAI_API_KEY")
                .endsWith("agw: nothing was written\n");
    }

    @Test
    void whatItRendersOfASetOfInitIsValid() throws IOException {
        String conf = temp.resolve("conf").toString();
        Outcome.of("init", conf);
        Path values = Files.writeString(
                temp.resolve("values.yaml"), "deployment: {image: 'agw:1', environment: {secrets: [keys]}}\n");

        Outcome rendered = render("--config", conf, "--values", values.toString());

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.err()).isEmpty();
        assertThat(rendered.out()).contains("  route.yaml: |\n", "mountPath: /etc/agw/resources\n");
    }

    @Test
    void aFolderIsNeededForSomeForms() {
        assertThat(render("--check").err()).contains("--check needs a folder: add -o DIR");
        assertThat(render("--format", "helm").exitCode()).isEqualTo(2);
    }

    private static Outcome render(String... arguments) {
        List<String> all = new ArrayList<>(List.of("render-manifests"));
        all.addAll(List.of(arguments));
        return Outcome.of(all.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(temp)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// The real kustomize, as a part of kubectl; skipped where it is not installed.
    private String kustomize() throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", temp.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "kubectl is not installed");
            throw absent;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
