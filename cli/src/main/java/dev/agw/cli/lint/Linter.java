package dev.agw.cli.lint;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Query;
import dev.agw.schema.InvalidValueException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Looks at everything in some files, and at how it fits together.
public final class Linter {
    private static final Pattern RECORD = Pattern.compile("[a-zA-Z_][\\w]*:[a-zA-Z_][\\w]*:[a-zA-Z_][\\w]*");
    private static final int A_SET = 5;

    private final Subjects subjects;
    private final Map<String, Query> recorded;
    private final Context context;
    private final Findings findings = new Findings();

    private Linter(Subjects subjects, Operations operations) {
        this.subjects = subjects;
        this.recorded = recorded(subjects.rules());
        Set<String> names = subjects.rules().stream()
                .filter(rule -> !rule.alert())
                .map(Rule::name)
                .collect(Collectors.toSet());
        this.context = Context.of(operations, names, recorded);
    }

    /// What is wrong in these files, in their order.
    public static List<Finding> files(List<Path> files, Operations operations) {
        SubjectReader reader = new SubjectReader();
        files.forEach(reader::read);
        return new Linter(reader.subjects(), operations).findings();
    }

    /// What is wrong in `text`, as if it stood in the file `source`.
    public static List<Finding> text(String source, String text, Operations operations) {
        SubjectReader reader = new SubjectReader();
        reader.read(source, text);
        return new Linter(reader.subjects(), operations).findings();
    }

    private static Map<String, Query> recorded(List<Rule> rules) {
        Map<String, Query> recorded = new HashMap<>();
        for (Rule rule : rules) {
            try {
                if (!rule.alert()) {
                    recorded.put(rule.name(), Expression.of(rule.expr()).query());
                }
            } catch (InvalidValueException broken) {
                // told where the rule is looked at
            }
        }
        return recorded;
    }

    private List<Finding> findings() {
        ExpressionLints expressions = new ExpressionLints(context, findings);
        subjects.rules().forEach(rule -> rule(rule, expressions));
        BoardLints boards = new BoardLints(expressions, context, findings);
        subjects.boards().forEach(boards::look);
        new ScalerLints(expressions, context, findings).look(subjects.manifests());
        gone();
        subjects.unread().forEach(finding -> findings.add(finding.lint(), finding.place(), finding.found()));
        return findings.all();
    }

    private void rule(Rule rule, ExpressionLints expressions) {
        Subject.Use use = rule.alert() ? Subject.Use.ALERT : Subject.Use.RECORD;
        expressions.look(rule.place(), rule.expr(), use).ifPresent(subject -> {
            new UnitLints(recorded, findings).look(rule, subject);
            if (rule.alert()) {
                new AlertLints(context, findings).look(rule, subject);
                new TextLints(context, findings).look(rule, subject);
            } else if (!RECORD.matcher(rule.name()).matches()) {
                findings.add(Lint.RECORD_NAME, rule.place(), "the name is not of the form level:metric:operations");
            }
        });
    }

    /// A few alerts may be half of a set; many without one for targets that are gone are not.
    private void gone() {
        List<Rule> alerts = subjects.rules().stream().filter(Rule::alert).toList();
        boolean watched =
                alerts.stream().anyMatch(alert -> alert.expr().matches("(?s).*\\b(absent|absent_over_time|up)\\b.*"));
        if (alerts.size() >= A_SET && !watched) {
            Place first = alerts.getFirst().place();
            findings.add(
                    Lint.NOTHING_WHEN_GONE,
                    new Place(first.at(), ""),
                    "none of " + alerts.size() + " alerts asks for up or absent()");
        }
    }
}
