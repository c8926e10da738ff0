package dev.agw.cli.lint;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Query;

/// An expression, and what it is for.
record Subject(Place place, Expression expression, Use use) {
    /// What it is for.
    enum Use {
        ALERT,
        RECORD,
        PANEL
    }

    Query query() {
        return expression.query();
    }

    /// Nobody notices that an alert is wrong, people see a panel: what is an error there is a warning here.
    Severity at(Severity severity) {
        return use == Use.PANEL ? Severity.warn : severity;
    }
}
