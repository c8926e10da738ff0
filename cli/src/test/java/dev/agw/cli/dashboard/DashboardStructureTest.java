package dev.agw.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for each dashboard of the distribution, as Grafana's own linter asks and as our conventions say.
class DashboardStructureTest {
    private static final RenderedDashboards ALL = Rendered.shipped("");

    static List<String> names() {
        return ALL.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isKnownByItsUidAndBelongsToNoGrafana(String name) throws Exception {
        JsonNode json = Rendered.json(ALL, name);

        assertThat(json.path("uid").asText()).isEqualTo("agw-" + name).hasSizeLessThanOrEqualTo(40);
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(json.has("id")).isFalse();
        assertThat(json.has("version")).isFalse();
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        assertThat(json.path("graphTooltip").asInt()).isOne();
        assertThat(json.path("refresh").asText()).isEqualTo("30s");
        assertThat(json.path("time").path("from").asText()).isEqualTo("now-1h");
        assertThat(json.path("description").asText()).isNotBlank();
        assertThat(json.path("tags").path(0).asText()).isEqualTo("agw");
    }

    @ParameterizedTest
    @MethodSource("names")
    void leadsToTheOthersAndMarksRollOutsAndConfigurations(String name) throws Exception {
        JsonNode json = Rendered.json(ALL, name);
        JsonNode link = json.path("links").path(0);

        assertThat(link.path("type").asText()).isEqualTo("dashboards");
        assertThat(link.path("asDropdown").asBoolean()).isTrue();
        assertThat(link.path("keepTime").asBoolean()).isTrue();
        assertThat(link.path("includeVars").asBoolean()).isTrue();
        assertThat(json.path("annotations").path("list").findValuesAsText("name"))
                .containsExactly("Roll-outs", "Configurations", "Rejected configurations");
        assertThat(json.path("annotations").findValuesAsText("expr"))
                .allMatch(expr -> expr.contains("job=~\"$job\"") && expr.contains("cluster=~\"$cluster\""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void isNarrowedByChoicesThatAreLookedUpAnew(String name) throws Exception {
        JsonNode list = Rendered.json(ALL, name).path("templating").path("list");
        JsonNode source = list.path(0);
        List<JsonNode> choices = StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("type").asText().equals("query"))
                .toList();

        assertThat(source.path("type").asText()).isEqualTo("datasource");
        assertThat(source.path("name").asText()).isEqualTo("datasource");
        assertThat(source.path("label").asText()).isEqualTo("Data source");
        assertThat(choices.stream().map(one -> one.path("name").asText()))
                .containsExactly("cluster", "job", "namespace", "gateway", "pod");
        assertThat(choices).allSatisfy(one -> {
            assertThat(one.path("label")).isEqualTo(one.path("name"));
            assertThat(one.path("refresh").asInt()).isEqualTo(2);
            assertThat(one.path("multi").asBoolean()).isTrue();
            assertThat(one.path("includeAll").asBoolean()).isTrue();
            assertThat(one.path("allValue").asText())
                    .isEqualTo(one.path("name").asText().equals("job") ? ".+" : ".*");
            assertThat(one.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasIdsThatAreUniqueAndPanelsThatDoNotOverlap(String name) throws Exception {
        JsonNode all = Rendered.json(ALL, name).path("panels");
        List<GridPos> places = all.findValues("gridPos").stream()
                .map(at -> new GridPos(
                        at.path("x").asInt(),
                        at.path("y").asInt(),
                        at.path("w").asInt(),
                        at.path("h").asInt()))
                .toList();

        assertThat(StreamSupport.stream(all.spliterator(), false)
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(5);
        for (GridPos place : places) {
            assertThat(place.x() + place.width()).isLessThanOrEqualTo(24);
            assertThat(places.stream().filter(place::overlaps)).containsExactly(place);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPanelSaysWhatItShowsAndAsksTheChosenSource(String name) throws Exception {
        assertThat(Rendered.panels(Rendered.json(ALL, name))).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(Units.KNOWN)
                    .contains(panel.path("fieldConfig")
                            .path("defaults")
                            .path("unit")
                            .asText());
            assertThat(panel.findValues("datasource"))
                    .hasSizeGreaterThan(1)
                    .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
            assertThat(panel.path("targets").findValuesAsText("expr"))
                    .isNotEmpty()
                    .allMatch(expr -> !expr.contains("${"))
                    .allMatch(expr -> expr.contains("cluster=~\"$cluster\""));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void fitsIntoWhatKubectlKeepsOfAConfigMap(String name) {
        assertThat(ALL.only(List.of(name)).text(RenderedDashboards.Form.configmap))
                .hasSizeLessThan(256 << 10);
    }
}
