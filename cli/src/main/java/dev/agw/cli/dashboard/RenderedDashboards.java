package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.Watches;
import dev.agw.schema.FieldPath;
import dev.agw.schema.Nearest;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Dashboards, ready to be written in each of their forms.
public final class RenderedDashboards {
    private final Operations operations;
    private final List<Dashboard> dashboards;

    private RenderedDashboards(Operations operations, List<Dashboard> dashboards) {
        this.operations = operations;
        this.dashboards = List.copyOf(dashboards);
    }

    /// How dashboards are written.
    public enum Form {
        /// As Grafana imports it.
        json,
        /// A ConfigMap that Grafana's sidecar finds.
        configmap,
        /// A resource for Grafana's operator.
        grafanadashboard
    }

    /// The dashboards of `sources` for those values; empty if something is wrong, which is then added to `problems`.
    public static Optional<RenderedDashboards> of(Reading reading, DashboardSources sources, List<Problem> problems) {
        problems.addAll(reading.problems());
        problems.addAll(sources.problems());
        if (reading.values().isEmpty()) {
            return Optional.empty();
        }
        Operations operations = reading.values().get();
        List<Problem> found = new ArrayList<>();
        Watches watches = Watches.of(reading, operations, found);
        Shared shared = new Shared(reading, operations, watches, Catalogue.known(), found);
        List<Dashboard> all = new ArrayList<>();
        for (SourceFile file : sources.files()) {
            Dashboard built = new DashboardBuilder(file, shared).build();
            if (all.stream().anyMatch(other -> other.name().equals(built.name()))) {
                found.add(file.error(FieldPath.TOP.field("dashboard"), "another dashboard is called so, too", ""));
            }
            all.add(built);
        }
        List<Dashboard> enabled = enabled(reading, operations, all, found);
        problems.addAll(found.stream().distinct().toList());
        return problems.stream().anyMatch(Problem::error)
                ? Optional.empty()
                : Optional.of(new RenderedDashboards(operations, enabled));
    }

    private static List<Dashboard> enabled(
            Reading reading, Operations operations, List<Dashboard> all, List<Problem> problems) {
        List<String> wanted = operations.dashboards().enabled();
        List<String> names = all.stream().map(Dashboard::name).toList();
        FieldPath path = FieldPath.TOP.field("dashboards").field("enabled");
        for (int i = 0; i < wanted.size(); i++) {
            if (!names.contains(wanted.get(i))) {
                String hint = Nearest.hint(wanted.get(i), names);
                problems.add(reading.error(path.item(i), "unknown dashboard " + wanted.get(i), hint));
            }
        }
        return all.stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(one.name()))
                .toList();
    }

    /// Names of all, in their order.
    public List<String> names() {
        return dashboards.stream().map(Dashboard::name).toList();
    }

    /// Those of these names alone.
    public RenderedDashboards only(List<String> names) {
        return new RenderedDashboards(
                operations,
                dashboards.stream().filter(one -> names.contains(one.name())).toList());
    }

    /// All in one text: JSON for one dashboard, or documents of YAML.
    public String text(Form form) {
        return dashboards.stream().map(one -> text(form, one)).collect(Collectors.joining("---\n"));
    }

    private String text(Form form, Dashboard dashboard) {
        String json = new DashboardJson(dashboard).text();
        return switch (form) {
            case json -> json;
            case configmap -> new DashboardResource(operations, dashboard, json).configMap();
            case grafanadashboard -> new DashboardResource(operations, dashboard, json).grafanaDashboard();
        };
    }

    /// The files of a folder, by name.
    public Map<String, String> files(Form form) {
        String end = form == Form.json ? ".json" : ".yaml";
        Map<String, String> files = new LinkedHashMap<>();
        dashboards.forEach(one -> files.put(one.uid() + end, text(form, one)));
        return files;
    }

    /// Panels whose metrics nothing moves yet, as `overview: Cost per hour`, each with the part of the gateway that it
    /// waits for.
    public Map<String, String> pending() {
        Map<String, String> pending = new LinkedHashMap<>();
        for (Dashboard dashboard : dashboards) {
            for (Panel panel : dashboard.panels()) {
                panel.pending().ifPresent(part -> pending.put(dashboard.name() + ": " + panel.title(), part));
            }
        }
        return pending;
    }

    /// What all panels ask, as Prometheus takes it.
    public List<PanelQuery> queries() {
        Expansion expansion = new Expansion(operations);
        List<PanelQuery> queries = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            for (Panel panel : dashboard.panels()) {
                for (Panel.Target target : panel.targets()) {
                    queries.add(new PanelQuery(
                            dashboard.name(),
                            panel.title(),
                            expansion.of(target.expr()),
                            panel.owner().name(),
                            panel.pending()));
                }
            }
        }
        return queries;
    }

    /// The dashboards themselves.
    List<Dashboard> dashboards() {
        return dashboards;
    }
}
