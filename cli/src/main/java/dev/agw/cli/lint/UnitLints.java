package dev.agw.cli.lint;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// A rate is per second: what is called hourly or daily has to be multiplied.
record UnitLints(Map<String, Query> recorded, Findings findings) {
    private static final Map<Double, Pattern> SPOKEN = Map.of(
            3600.0, Pattern.compile("(?i)hourly|per_?hour|per hour|/ ?h(our)?\\b"),
            86_400.0, Pattern.compile("(?i)daily|per_?day|per day|/ ?d(ay)?\\b"));

    void look(Rule rule, Subject subject) {
        String spoken = rule.name() + " " + String.join(" ", rule.annotations().values());
        Query whole = resolved(subject.query());
        if (!rates(whole)) {
            return;
        }
        double factor = factor(whole);
        SPOKEN.forEach((seconds, word) -> {
            if (word.matcher(spoken).find() && factor < seconds) {
                findings.add(
                        Lint.UNIT_MISMATCH,
                        subject.place(),
                        "it is called \"" + matched(word, spoken) + "\", and is per second: nothing multiplies it by "
                                + Numbers.plain(seconds));
            }
        });
    }

    private static String matched(Pattern word, String spoken) {
        var matcher = word.matcher(spoken);
        return matcher.find() ? matcher.group().strip() : "";
    }

    /// What it compares, be it recorded.
    private Query resolved(Query query) {
        Query[] found = {query};
        query.visit(part -> {
            if (part instanceof Query.Series(Selector selector)) {
                found[0] = recorded.getOrDefault(selector.name(), found[0]);
            }
        });
        return found[0];
    }

    private static boolean rates(Query query) {
        boolean[] found = {false};
        query.visit(part ->
                found[0] |= part instanceof Query.Call call && call.function().equals("rate"));
        return found[0];
    }

    /// All that is multiplied with, together.
    private static double factor(Query query) {
        double[] factor = {1};
        query.visit(part -> {
            if (part instanceof Query.Binary binary && binary.operator().equals("*")) {
                factor[0] *= times(binary.left()) * times(binary.right());
            }
        });
        return factor[0];
    }

    private static double times(Query side) {
        OptionalDouble value = Constants.value(side);
        return value.isPresent() && value.getAsDouble() > 1 ? value.getAsDouble() : 1;
    }
}
