package dev.agw.cli.promql;

import dev.agw.schema.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pieces of an expression, one after the other.
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    /// @param tokens the last one of kind [Token.Kind#END]
    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token here() {
        return tokens.get(at);
    }

    /// The piece that was taken last; there must be one.
    Token before() {
        return tokens.get(at - 1);
    }

    Token next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /// This piece, and goes on to the next.
    Token take() {
        Token token = here();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /// Whether this piece is that word, which is then taken.
    boolean taken(String word) {
        boolean found = here().kind() == Token.Kind.WORD && here().text().equalsIgnoreCase(word);
        if (found) {
            take();
        }
        return found;
    }

    /// Whether this piece is that sign, which is then taken.
    boolean takenSign(String sign) {
        boolean found = here().is(sign);
        if (found) {
            take();
        }
        return found;
    }

    void expect(String sign) {
        if (!takenSign(sign)) {
            throw sign.equals(")") ? unclosed() : unexpected(sign);
        }
    }

    /// How strongly the operator here binds, if it is one and binds at least that strongly.
    Optional<Integer> level(int lowest) {
        return Operator.level(here()).filter(level -> level >= lowest);
    }

    /// A list of labels in parentheses.
    List<String> labels() {
        List<String> labels = new ArrayList<>();
        expect("(");
        while (!takenSign(")")) {
            if (here().kind() == Token.Kind.WORD || here().kind() == Token.Kind.STRING) {
                labels.add(take().text());
            } else if (!takenSign(",")) {
                throw new InvalidValueException("expected a label in a list, found \"" + here().text() + "\"");
            }
        }
        return labels;
    }

    /// Whether a list of labels stands here, and not an expression in parentheses: `group_left (a, b) x`.
    boolean listOfLabels() {
        int look = at + 1;
        while (tokens.get(look).kind() == Token.Kind.WORD || tokens.get(look).is(",")) {
            look++;
        }
        return tokens.get(look).is(")");
    }

    InvalidValueException unclosed() {
        return here().kind() == Token.Kind.END
                ? new InvalidValueException("a parenthesis is not closed")
                : unexpected("a closing parenthesis");
    }

    InvalidValueException unexpected(String expected) {
        String found = here().kind() == Token.Kind.END ? "the end" : "\"" + here().text() + "\"";
        return new InvalidValueException("expected " + expected + ", found " + found);
    }
}
