package dev.agw.cli.promql;

/// A piece of an expression.
///
/// @param text as it is written; of a string what is between its quotes, unescaped
/// @param end where it ends in the expression
record Token(Kind kind, String text, int end) {
    enum Kind {
        /// A name of a metric, label, function or keyword.
        WORD,
        NUMBER,
        STRING,
        /// What is between brackets: a range, or a range and a step.
        RANGE,
        /// An operator, a comma, a parenthesis or a brace.
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean word(String name) {
        return kind == Kind.WORD && text.equals(name);
    }
}
