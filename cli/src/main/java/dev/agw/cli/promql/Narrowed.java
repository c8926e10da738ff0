package dev.agw.cli.promql;

import dev.agw.cli.promql.Selector.Matcher;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An expression whose selectors are given further matchers.
public final class Narrowed {
    private Narrowed() {}

    /// `text`, each of its selectors with those that `more` has for it in front of its own.
    ///
    /// @throws dev.agw.schema.InvalidValueException if it is no PromQL
    public static String text(String text, Function<Selector, List<Matcher>> more) {
        ExpressionReader reader = new ExpressionReader(Tokens.of(text));
        reader.read();
        StringBuilder narrowed = new StringBuilder(text);
        for (ExpressionReader.Place place : reader.places().reversed()) {
            List<Matcher> matchers = more.apply(place.selector());
            if (!matchers.isEmpty()) {
                String list = matchers.stream().map(Narrowed::written).collect(Collectors.joining(","));
                narrowed.insert(place.at(), place.braces() ? list + comma(text, place.at()) : "{" + list + "}");
            }
        }
        return narrowed.toString();
    }

    /// What stands between matchers, if there are any in braces that open there.
    private static String comma(String text, int at) {
        return text.substring(at).stripLeading().startsWith("}") ? "" : ",";
    }

    private static String written(Matcher matcher) {
        String value = matcher.value().replace("\\", "\\\\").replace("\"", "\\\"");
        return matcher.label() + matcher.operator() + '"' + value + '"';
    }
}
