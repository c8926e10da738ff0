package dev.agw.cli.lint;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Query;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rate is per second: what is called hourly or daily has to be multiplied, or compared with a share of an hour.
record UnitLints(Map<String, Query> recorded, Findings findings) {
    private static final Map<Double, Pattern> SPOKEN = Map.of(
            3600.0, Pattern.compile("(?i)hourly|per_?hour|per hour|/ ?h(our)?\\b"),
            86_400.0, Pattern.compile("(?i)daily|per_?day|per day|/ ?d(ay)?\\b"));

    void look(Rule rule, Subject subject) {
        String spoken = rule.name() + " " + String.join(" ", rule.annotations().values());
        OptionalDouble factor = new RateFactors(recorded).largest(subject.query());
        SPOKEN.forEach((seconds, word) -> {
            Matcher said = word.matcher(spoken);
            if (said.find() && factor.isPresent() && factor.getAsDouble() < seconds) {
                findings.add(
                        Lint.UNIT_MISMATCH,
                        subject.place(),
                        "it is called \"" + said.group().strip() + "\", and is per second: nothing multiplies it by "
                                + Numbers.plain(seconds));
            }
        });
    }
}
