package dev.agw.route;

import com.google.re2j.Pattern;
import java.util.List;

/// A condition on the path, in [NormalPath] form.
sealed interface PathPattern {
    record Exact(String path) implements PathPattern {}

    /// The path starts with these segments.
    ///
    /// @param segments whole segments; none for `/`
    record Prefix(List<String> segments) implements PathPattern {
        /// A slash at the end makes no difference.
        static Prefix of(String path) {
            String inner = path.substring(1, path.endsWith("/") ? Math.max(1, path.length() - 1) : path.length());
            return inner.isEmpty() ? new Prefix(List.of()) : new Prefix(List.of(inner.split("/", -1)));
        }
    }

    /// The path fits a regular expression.
    ///
    /// @param pattern for the whole path
    record Regex(Pattern pattern) implements PathPattern {}

    /// How many leading segments of a path this fixes, for rewrites of the matched prefix.
    default int prefixSegments() {
        return this instanceof Prefix prefix ? prefix.segments().size() : 0;
    }
}
