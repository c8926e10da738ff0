package dev.agw.cli.lint;

import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import java.util.List;
import java.util.Set;

/// Dashboards: what Grafana's own linter asks for, and their expressions.
///
/// https://github.com/grafana/dashboard-linter
record BoardLints(ExpressionLints expressions, Context context, Findings findings) {
    private static final Set<String> RATES = Set.of("rate", "irate", "increase");
    private static final Set<String> SELECTED = Set.of("job", "instance", "namespace", "gateway", "pod", "cluster");
    private static final Set<String> TEXT = Set.of("text", "news", "dashlist", "alertlist", "annolist");
    private static final int LONGEST_UID = 40;
    private static final int ON_TIME_RANGE = 2;

    void look(Board board) {
        Tree root = board.root();
        List<Tree> variables = root.at("templating", "list").items();
        if (variables.stream().noneMatch(variable -> variable.textAt("type").equals("datasource"))) {
            findings.add(Lint.DATASOURCE_VARIABLE, board.place(), "no variable of type datasource");
        }
        variables.stream()
                .filter(variable -> variable.textAt("type").equals("query"))
                .filter(variable -> variable.at("refresh").number().orElse(0) != ON_TIME_RANGE)
                .forEach(variable -> findings.add(
                        Lint.VARIABLE_REFRESH,
                        board.place().within(variable.position(), "variable " + variable.textAt("name")),
                        "refresh is " + variable.at("refresh").text().orElse("not set")));
        if (!root.textAt("editable").equals("false")) {
            findings.add(Lint.EDITABLE, board.place(), "editable is not false");
        }
        identity(board);
        board.panels().forEach(panel -> panel(board, panel));
    }

    private void identity(Board board) {
        String uid = board.root().textAt("uid");
        if (uid.isEmpty() || uid.length() > LONGEST_UID) {
            findings.add(
                    Lint.DASHBOARD_UID,
                    board.place(),
                    uid.isEmpty() ? "no uid" : "the uid has " + uid.length() + " characters");
        }
        if (board.root().at("id").there()) {
            findings.add(Lint.DASHBOARD_UID, board.place(), "an id, which is for one Grafana alone");
        }
    }

    private void panel(Board board, Tree panel) {
        Place place = board.place(panel);
        boolean asks = !board.targets(panel).isEmpty();
        if (panel.textAt("title").isEmpty()
                || (asks && panel.textAt("description").isEmpty())) {
            findings.add(Lint.PANEL_TEXT, place, panel.textAt("title").isEmpty() ? "no title" : "no description");
        }
        if (TEXT.contains(panel.textAt("type")) || !asks) {
            return;
        }
        if (panel.textAt("fieldConfig", "defaults", "unit").isEmpty()) {
            findings.add(Lint.PANEL_UNIT, place, "no unit");
        }
        String source = panel.at("datasource").text().orElse(panel.textAt("datasource", "uid"));
        if (!source.startsWith("$") && !source.startsWith("-- ")) {
            findings.add(
                    Lint.PANEL_DATASOURCE, place, source.isEmpty() ? "no data source" : "the data source " + source);
        }
        for (Board.Target target : board.targets(panel)) {
            variables(board, target);
            expressions.look(target.place(), target.expr(), Subject.Use.PANEL).ifPresent(this::target);
        }
    }

    private void variables(Board board, Board.Target target) {
        List<String> there = board.root().at("templating", "list").items().stream()
                .map(variable -> variable.textAt("name"))
                .toList();
        Variables.own(target.expr()).stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> findings.add(Lint.PANEL_VARIABLE, target.place(), "no variable is called " + name));
    }

    private void target(Subject subject) {
        subject.query().visit(part -> {
            if (part instanceof Query.Call call && RATES.contains(call.function())) {
                window(subject, call);
            }
        });
        boolean selected = subject.expression().selectors().stream()
                .flatMap(selector -> selector.matchers().stream())
                .map(Selector.Matcher::label)
                .anyMatch(label -> SELECTED.contains(label) || label.equals(context.clusterLabel()));
        if (!selected && !subject.expression().selectors().isEmpty()) {
            findings.add(Lint.PANEL_SELECTION, subject.place(), "no matcher says which gateways");
        }
        if (Condition.rated(subject.query())
                && !Condition.has(subject.query(), part -> part instanceof Query.Aggregation)) {
            findings.add(Lint.PANEL_AGGREGATION, subject.place(), "a rate that nothing aggregates");
        }
    }

    private void window(Subject subject, Query.Call call) {
        call.arguments().forEach(argument -> {
            if (argument instanceof Query.Window window
                    && Constants.seconds(window.range()).isPresent()) {
                findings.add(Lint.PANEL_WINDOW, subject.place(), call.function() + "() over [" + window.range() + "]");
            }
        });
    }
}
