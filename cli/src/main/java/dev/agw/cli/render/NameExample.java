package dev.agw.cli.render;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A name that a regular expression is about, for a test to use.
final class NameExample {
    private static final String DOT = "\u0000";

    private NameExample() {}

    /// What `pattern` begins with, if it matches that; empty if it does not, or is no regular expression.
    static Optional<String> of(String pattern) {
        String plain = pattern.replace("\\.", DOT).replace("[.]", DOT).replace(".*", "");
        String example = plain.replaceAll("[|(\\[?+*\\\\.^${].*", "").replace(DOT, ".");
        return matches(pattern, example) ? Optional.of(example) : Optional.empty();
    }

    private static boolean matches(String pattern, String name) {
        try {
            return Pattern.matches(pattern, name);
        } catch (PatternSyntaxException broken) {
            return false;
        }
    }
}
