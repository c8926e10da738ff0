package dev.agw.cli.promql;

import dev.agw.schema.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads what may stand in braces behind a name, or instead of one.
final class SelectorReader {
    private static final Set<String> COMPARED = Set.of("=", "!=", "=~", "!~");

    private final TokenStream tokens;

    SelectorReader(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// @param name what stood before; empty for nothing
    Selector read(String name) {
        List<Selector.Matcher> matchers = new ArrayList<>();
        String found = name;
        if (tokens.takenSign("{")) {
            while (!tokens.takenSign("}")) {
                if (quotedName()) {
                    found = tokens.take().text();
                } else if (!tokens.takenSign(",")) {
                    matchers.add(matcher());
                }
            }
        }
        return named(found, matchers);
    }

    private boolean quotedName() {
        return tokens.here().kind() == Token.Kind.STRING
                && !COMPARED.contains(tokens.next().text());
    }

    private Selector.Matcher matcher() {
        Token label = tokens.take();
        Token operator = tokens.take();
        Token value = tokens.take();
        if (label.kind() == Token.Kind.END
                || !COMPARED.contains(operator.text())
                || value.kind() != Token.Kind.STRING) {
            throw new InvalidValueException("expected label=\"value\" in braces, found \"" + label.text() + "\"");
        }
        return new Selector.Matcher(label.text(), operator.text(), value.text());
    }

    /// `{__name__="up"}` is the same as `up`.
    private static Selector named(String name, List<Selector.Matcher> matchers) {
        for (Selector.Matcher matcher : matchers) {
            if (name.isEmpty()
                    && matcher.label().equals("__name__")
                    && matcher.operator().equals("=")) {
                return new Selector(
                        matcher.value(),
                        matchers.stream().filter(m -> !m.equals(matcher)).toList());
            }
        }
        return new Selector(name, matchers);
    }
}
