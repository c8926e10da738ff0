package dev.agw.cli.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.render.Shipped;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Dashboards for tests.
final class Rendered {
    private Rendered() {}

    /// Those of the distribution, for those values.
    static RenderedDashboards shipped(String values) {
        return of(values, DashboardSources.shipped());
    }

    /// One with a panel of each kind.
    static RenderedDashboards small(String values) {
        return of(values, DashboardSources.parse("small.yaml", Shipped.text("dashboards/small.yaml")));
    }

    private static RenderedDashboards of(String values, DashboardSources sources) {
        List<Problem> problems = new ArrayList<>();
        return RenderedDashboards.of(OperationsReader.parse("values.yaml", values), sources, problems)
                .orElseThrow(() -> new AssertionError(problems));
    }

    /// What is wrong with those values and that source.
    static List<Problem> problems(String values, String source) {
        List<Problem> problems = new ArrayList<>();
        Optional<RenderedDashboards> rendered = RenderedDashboards.of(
                OperationsReader.parse("values.yaml", values), DashboardSources.parse("panels.yaml", source), problems);
        if (rendered.isPresent()) {
            throw new AssertionError("nothing was refused");
        }
        return problems;
    }

    /// The JSON of a dashboard.
    static JsonNode json(RenderedDashboards all, String name) throws JsonProcessingException {
        return new ObjectMapper().readTree(all.only(List.of(name)).text(RenderedDashboards.Form.json));
    }

    /// The panels in that JSON, without headings.
    static List<JsonNode> panels(JsonNode dashboard) {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    /// The panel of that title.
    static JsonNode panel(JsonNode dashboard, String title) {
        return panels(dashboard).stream()
                .filter(panel -> panel.path("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
