package dev.agw.cli.lint;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Variables;
import dev.agw.schema.InvalidValueException;
import java.util.Optional;

/// All that can be wrong with an expression, whatever it is for.
record ExpressionLints(Context context, Findings findings) {
    /// Looks at `text`; empty if it is no PromQL, which is then among the findings.
    Optional<Subject> look(Place place, String text, Subject.Use use) {
        try {
            String plain = use == Subject.Use.PANEL ? Variables.filled(text) : text;
            Subject subject = new Subject(place, Expression.of(plain), use);
            new NameLints(context, findings).look(subject);
            new CounterLints(context, findings).look(subject);
            new MatchLints(context, findings).look(subject);
            new ClockLints(findings).look(subject);
            return Optional.of(subject);
        } catch (InvalidValueException broken) {
            findings.add(Lint.NO_PROMQL, place, broken.message());
            return Optional.empty();
        }
    }
}
