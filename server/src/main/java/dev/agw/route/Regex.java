package dev.agw.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compiles the regular expressions of routes.
///
/// RE2 syntax, matched in time linear in the input: who writes routes need not be trusted by who runs the gateway,
/// and what is matched comes from anywhere. RE2 unrolls counted repetitions, nested ones multiplied, so those are
/// bounded before it sees them: `((x{1000}){1000}){1000}` would take all memory.
final class Regex {
    private static final int LONGEST = 1024;
    private static final int MOST_REPETITIONS = 100_000;
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

    private Regex() {}

    /// The pattern, or a problem at `place`.
    static Optional<Pattern> compile(String expression, Place place) {
        if (expression.length() > LONGEST || repetitions(expression) > MOST_REPETITIONS) {
            place.problem("is longer than " + LONGEST + " characters, or its {n} multiply to over " + MOST_REPETITIONS);
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            place.problem("is not a regular expression in RE2 syntax (no look-around, no back-references): "
                    + e.getDescription());
            return Optional.empty();
        }
    }

    /// An upper bound on how often a part of the expression is unrolled: the product of all counts, as if all were
    /// nested.
    private static long repetitions(String expression) {
        Matcher repetition = REPETITION.matcher(expression);
        long product = 1;
        while (repetition.find() && product <= MOST_REPETITIONS) {
            product *= Math.max(1, Math.max(count(repetition.group(1)), count(repetition.group(2))));
        }
        return product;
    }

    private static int count(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
