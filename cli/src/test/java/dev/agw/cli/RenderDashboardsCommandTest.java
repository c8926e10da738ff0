package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderDashboardsCommandTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void writesOneToStandardOutputAndWhatIsPendingBesideIt() {
        Outcome rendered = Outcome.of("render-dashboards", "guardrails");

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out())
                .startsWith("{\n  \"uid\" : \"agw-guardrails\"")
                .endsWith("}\n");
        assertThat(rendered.err())
                .startsWith("1 dashboard, 6 of the panels pending\n")
                .contains("pending: guardrails: Rejections (guardrails)\n");
    }

    @Test
    void writesAllIntoAFolder() throws IOException {
        Path folder = temp.resolve("new/folder");

        Outcome rendered = Outcome.of("render-dashboards", "-o", folder.toString());

        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "agw-overview.json",
                            "agw-llm.json",
                            "agw-cost.json",
                            "agw-mcp.json",
                            "agw-guardrails.json",
                            "agw-runtime.json",
                            "agw-upgrade.json");
        }
    }

    @Test
    void severalConfigMapsAreOneText() {
        assertThat(Outcome.of("render-dashboards", "--format", "configmap").out())
                .contains("\n---\n", "\nkind: ConfigMap\n", "grafana_dashboard: \"1\"");
        assertThat(Outcome.of("render-dashboards", "--format", "grafanadashboard", "llm")
                        .out())
                .contains("\nkind: GrafanaDashboard\n")
                .doesNotContain("\n---\n");
    }

    @Test
    void severalDashboardsAreNoJson() {
        Outcome refused = Outcome.of("render-dashboards");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("name one of overview, llm, cost,", "or a folder with -o");
    }

    @Test
    void aNameThatThereIsNoneOfIsToldWithTheNearest() {
        Outcome refused = Outcome.of("render-dashboards", "overvew");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("no dashboard is called overvew; did you mean \"overview\"?");
    }

    @Test
    void printsWhatThePanelsAskInLinesOfJson() {
        Outcome asked = Outcome.of("render-dashboards", "--queries", "overview", "upgrade");

        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out().lines())
                .hasSizeGreaterThan(50)
                .allMatch(line ->
                        line.matches("\\{\"dashboard\":\"(overview|upgrade)\",\"panel\":\".*\",\"expr\":\".*}"));
    }

    @Test
    void refusesAFolderWithoutSourcesAndAFolderForQueries() {
        Outcome empty = Outcome.of("render-dashboards", "--sources", temp.toString(), "-o", "x");
        Outcome queries = Outcome.of("render-dashboards", "--queries", "-o", temp.toString());

        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err()).contains(temp + ": ").contains("no dashboard in files *.yaml");
        assertThat(queries.exitCode()).isEqualTo(2);
        assertThat(queries.err()).contains("leave -o out");
        assertThat(queries.out()).isEmpty();
    }

    @Test
    void timesAreInOneUnitAsGrafanaReadsThem() throws IOException {
        Path values = Files.writeString(temp.resolve("values.yaml"), "dashboards: {span: 36h, refresh: 90s}\n");

        assertThat(Outcome.of("render-dashboards", "--values", values.toString(), "overview")
                        .out())
                .contains("\"from\" : \"now-36h\"", "\"refresh\" : \"90s\"");
    }

    @Test
    void refusesSourcesAndValuesThatAreWrongAndWritesNothing() throws IOException {
        Path sources = Files.createDirectory(temp.resolve("sources"));
        Files.writeString(sources.resolve("mine.yaml"), """
                dashboard: mine
                title: Mine
                description: One panel.
                rows:
                  - title: Row
                    panels:
                      - title: T
                        description: D
                        unit: reqps
                        queries: [{expr: 'sum(rate(agentgateway_requests[$__rate_interval]))'}]
                """);
        Path output = temp.resolve("out");

        Outcome refused = Outcome.of("render-dashboards", "--sources", sources.toString(), "-o", output.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("mine.yaml:10: rows[0].panels[0].queries[0].expr: there is no metric agentgateway_requests")
                .endsWith("agw: nothing was written\n");
        assertThat(output).doesNotExist();
        assertThat(Outcome.of(
                                "render-dashboards",
                                "--sources",
                                temp.resolve("none").toString(),
                                "-o",
                                "x")
                        .err())
                .contains("not readable as a folder of dashboards");
    }
}
