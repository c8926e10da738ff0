package dev.agw.cli.lint;

import dev.agw.cli.promql.Constants;
import dev.agw.schema.Documents;
import dev.agw.schema.Node;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import dev.agw.schema.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds rules, dashboards and manifests in files: rule files, PrometheusRules, dashboards as JSON, in ConfigMaps or as
/// GrafanaDashboards, autoscalers, and lists of all of them.
final class SubjectReader {
    private static final Set<String> MANIFESTS = Set.of(
            "HorizontalPodAutoscaler",
            "ScaledObject",
            "Deployment",
            "EnterpriseAgentgatewayParameters",
            "AgentgatewayParameters",
            "GatewayParameters");

    private final List<Rule> rules = new ArrayList<>();
    private final List<Board> boards = new ArrayList<>();
    private final List<Subjects.Manifest> manifests = new ArrayList<>();
    private final Findings unread = new Findings();

    /// Reads a file.
    void read(Path file) {
        Problems problems = new Problems();
        read(file.toString(), new Documents(problems).read(file), problems);
    }

    /// Reads `text` as if it stood in the file `source`.
    void read(String source, String text) {
        Problems problems = new Problems();
        read(source, new Documents(problems).parse(source, text), problems);
    }

    private void read(String source, List<Node> documents, Problems problems) {
        int before = count();
        documents.forEach(document -> document(new Tree(document)));
        for (Problem problem : problems.all()) {
            unread.add(Lint.UNREADABLE, new Place(problem.at(), ""), problem.message());
        }
        if (count() == before && problems.all().isEmpty()) {
            unread.add(Lint.NOTHING_TO_CHECK, new Place(Position.of(source), ""), "nothing to check");
        }
    }

    private int count() {
        return rules.size() + boards.size() + manifests.size();
    }

    Subjects subjects() {
        return new Subjects(List.copyOf(rules), List.copyOf(boards), List.copyOf(manifests), unread.all());
    }

    private void document(Tree root) {
        String kind = root.textAt("kind");
        if (root.at("items").list()) {
            root.at("items").items().forEach(this::document);
        } else if (kind.equals("ConfigMap")) {
            root.at("data").fields().forEach(this::embedded);
        } else if (kind.equals("GrafanaDashboard")) {
            embedded("dashboard.json", root.at("spec", "json"));
        } else if (MANIFESTS.contains(kind)) {
            manifests.add(Subjects.Manifest.of(root));
        } else {
            plain(kind.equals("PrometheusRule") ? root.at("spec") : root);
        }
    }

    private void plain(Tree root) {
        Tree board = root.at("dashboard").there() ? root.at("dashboard") : root;
        if (root.at("groups").list()) {
            root.at("groups").items().forEach(this::group);
        } else if (board.at("panels").list() || board.at("rows").list()) {
            boards.add(Board.of(board));
        }
    }

    private void group(Tree group) {
        time(group, "interval", "group " + group.textAt("name"));
        for (Tree tree : group.at("rules").items()) {
            Rule rule = Rule.of(tree, group);
            rules.add(rule);
            time(tree, "for", rule.place().name());
            time(tree, "keep_firing_for", rule.place().name());
        }
    }

    private void time(Tree holder, String field, String name) {
        String text = holder.textAt(field);
        if (!text.isEmpty() && !text.equals("0") && Constants.seconds(text).isEmpty()) {
            unread.add(
                    Lint.NO_DURATION,
                    new Place(holder.at(field).position(), name),
                    field + ": " + text + " is no time");
        }
    }

    /// A file within a ConfigMap: its places are told by the line of the field that holds it.
    private void embedded(String name, Tree holder) {
        boolean json = name.endsWith(".json");
        if (holder.text().isEmpty() || !(json || name.endsWith(".yaml") || name.endsWith(".yml"))) {
            return;
        }
        Problems problems = new Problems();
        String source = json ? "embedded.json" : "embedded.yaml";
        for (Node document : new Documents(problems).parse(source, holder.text().orElse(""))) {
            document(new Tree(Relocation.to(holder.position(), document)));
        }
        problems.all()
                .forEach(problem -> unread.add(
                        Lint.UNREADABLE,
                        new Place(holder.position(), name + " line " + problem.line()),
                        problem.message()));
    }
}
