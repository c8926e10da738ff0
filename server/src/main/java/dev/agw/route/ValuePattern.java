package dev.agw.route;

import com.google.re2j.Pattern;

/// A condition on a value.
sealed interface ValuePattern {
    boolean matches(String value);

    record Exact(String expected) implements ValuePattern {
        @Override
        public boolean matches(String value) {
            return value.equals(expected);
        }
    }

    /// The value fits a regular expression.
    ///
    /// @param pattern for the whole value
    record Regex(Pattern pattern) implements ValuePattern {
        @Override
        public boolean matches(String value) {
            return pattern.matches(value);
        }
    }
}
